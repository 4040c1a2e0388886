-- Who is who ------------------------------------------------------------------------------------------------

CREATE TABLE organisations (
    id            BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    number        TEXT NOT NULL UNIQUE CHECK (length(number) = 9),
    name          TEXT NOT NULL CHECK (name <> ''),
    kind          TEXT NOT NULL CHECK (kind IN ('buyer', 'supplier', 'adviser', 'operator')),
    municipality  TEXT CHECK (length(municipality) = 4),
    language      TEXT NOT NULL CHECK (language IN ('nb', 'nn', 'en')),
    created_at    TEXT NOT NULL,
    UNIQUE (id, kind)
) STRICT;

CREATE TABLE users (
    id                  BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    email               TEXT NOT NULL UNIQUE CHECK (email = lower(email)),
    name                TEXT NOT NULL,
    language            TEXT NOT NULL CHECK (language IN ('nb', 'nn', 'en')),
    password_hash       TEXT NOT NULL,
    email_confirmed_at  TEXT,
    created_at          TEXT NOT NULL
) STRICT;

-- The kind of the organisation stands here too, so that the database itself refuses a buyer's role at a supplier.
CREATE TABLE memberships (
    user_id            BLOB NOT NULL REFERENCES users (id),
    organisation_id    BLOB NOT NULL,
    organisation_kind  TEXT NOT NULL,
    role               TEXT NOT NULL,
    created_at         TEXT NOT NULL,
    PRIMARY KEY (user_id, organisation_id),
    FOREIGN KEY (organisation_id, organisation_kind) REFERENCES organisations (id, kind),
    CHECK ((organisation_kind = 'buyer' AND role IN ('admin', 'buyer', 'evaluator', 'reader'))
        OR (organisation_kind = 'supplier' AND role IN ('admin', 'member'))
        OR (organisation_kind = 'adviser' AND role = 'adviser')
        OR (organisation_kind = 'operator' AND role = 'operator'))
) STRICT, WITHOUT ROWID;
CREATE INDEX memberships_organisation ON memberships (organisation_id, role);

CREATE TABLE invitations (
    id               BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    organisation_id  BLOB NOT NULL REFERENCES organisations (id),
    email            TEXT NOT NULL CHECK (email = lower(email)),
    role             TEXT NOT NULL,
    token_hash       TEXT NOT NULL UNIQUE,
    invited_by       BLOB REFERENCES users (id),
    created_at       TEXT NOT NULL,
    expires_at       TEXT NOT NULL,
    accepted_at      TEXT
) STRICT;
CREATE INDEX invitations_organisation ON invitations (organisation_id, created_at);

CREATE TABLE email_tokens (
    token_hash  TEXT NOT NULL PRIMARY KEY,
    user_id     BLOB NOT NULL REFERENCES users (id),
    purpose     TEXT NOT NULL CHECK (purpose IN ('confirm', 'reset')),
    created_at  TEXT NOT NULL,
    expires_at  TEXT NOT NULL,
    used_at     TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX email_tokens_user ON email_tokens (user_id);

CREATE TABLE sessions (
    id               BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    user_id          BLOB NOT NULL REFERENCES users (id),
    organisation_id  BLOB REFERENCES organisations (id),
    kind             TEXT NOT NULL CHECK (kind IN ('browser', 'api')),
    token_hash       TEXT UNIQUE,
    created_at       TEXT NOT NULL,
    expires_at       TEXT NOT NULL,
    revoked_at       TEXT,
    CHECK ((kind = 'browser') = (token_hash IS NOT NULL))
) STRICT;
CREATE INDEX sessions_user ON sessions (user_id);

CREATE TABLE refresh_tokens (
    token_hash  TEXT NOT NULL PRIMARY KEY,
    session_id  BLOB NOT NULL REFERENCES sessions (id),
    issued_at   TEXT NOT NULL,
    expires_at  TEXT NOT NULL,
    used_at     TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX refresh_tokens_session ON refresh_tokens (session_id);

CREATE TABLE login_failures (
    id       BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    account  TEXT NOT NULL,
    address  TEXT NOT NULL,
    at       TEXT NOT NULL
) STRICT;
CREATE INDEX login_failures_account ON login_failures (account, at);
CREATE INDEX login_failures_address ON login_failures (address, at);

CREATE TABLE signing_keys (
    id          BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    pkcs8       TEXT NOT NULL,
    public_key  TEXT NOT NULL,
    created_at  TEXT NOT NULL
) STRICT;

-- Suppliers -------------------------------------------------------------------------------------------------

CREATE TABLE supplier_profiles (
    organisation_id       BLOB NOT NULL PRIMARY KEY,
    organisation_kind     TEXT NOT NULL DEFAULT 'supplier' CHECK (organisation_kind = 'supplier'),
    kind                  TEXT NOT NULL CHECK (kind IN ('startup', 'social_entrepreneur', 'established')),
    description           TEXT NOT NULL,
    offers                TEXT NOT NULL,
    areas                 TEXT NOT NULL CHECK (json_valid(areas)),
    regions               TEXT NOT NULL CHECK (json_valid(regions)),
    cpv                   TEXT NOT NULL CHECK (json_valid(cpv)),
    website               TEXT NOT NULL,
    employees             TEXT CHECK (employees IN ('1-4', '5-19', '20-99', '100+')),
    founded               INTEGER CHECK (founded BETWEEN 1600 AND 2999),
    maturity              INTEGER CHECK (maturity BETWEEN 1 AND 9),
    contact_email         TEXT NOT NULL,
    social_traits         TEXT NOT NULL CHECK (json_valid(social_traits)),
    tell_me_of_new_needs  INTEGER NOT NULL CHECK (tell_me_of_new_needs IN (0, 1)),
    version               INTEGER NOT NULL,
    updated_at            TEXT NOT NULL,
    FOREIGN KEY (organisation_id, organisation_kind) REFERENCES organisations (id, kind)
) STRICT, WITHOUT ROWID;

-- Needs -----------------------------------------------------------------------------------------------------

CREATE TABLE counters (
    name   TEXT NOT NULL PRIMARY KEY,
    value  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE needs (
    id                 BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    tenant_id          BLOB NOT NULL REFERENCES organisations (id),
    reference          TEXT NOT NULL UNIQUE,
    status             TEXT NOT NULL CHECK (status IN ('draft', 'published', 'withdrawn', 'concluded')),
    title              TEXT NOT NULL,
    summary            TEXT NOT NULL,
    cpv                TEXT NOT NULL CHECK (json_valid(cpv)),
    region             TEXT NOT NULL CHECK (json_valid(region)),
    areas              TEXT NOT NULL CHECK (json_valid(areas)),
    language           TEXT NOT NULL CHECK (language IN ('nb', 'nn', 'en')),
    innovation_kind    TEXT CHECK (innovation_kind IN ('innovation_friendly', 'innovation', 'innovative_solution')),
    response_deadline  TEXT,
    description        TEXT NOT NULL CHECK (json_valid(description)),
    joiners            INTEGER NOT NULL DEFAULT 0 CHECK (joiners >= 0),
    version            INTEGER NOT NULL CHECK (version >= 1),
    published_at       TEXT,
    created_by         BLOB NOT NULL REFERENCES users (id),
    created_at         TEXT NOT NULL,
    updated_at         TEXT NOT NULL,
    UNIQUE (tenant_id, id),
    CHECK (status = 'draft' OR (published_at IS NOT NULL AND title <> ''))
) STRICT;
CREATE INDEX needs_tenant ON needs (tenant_id, status, id);
CREATE INDEX needs_public ON needs (published_at DESC, id DESC) WHERE status = 'published';

-- What the market could read, version by version.
CREATE TABLE need_versions (
    need_id       BLOB NOT NULL REFERENCES needs (id),
    version       INTEGER NOT NULL,
    content       TEXT NOT NULL CHECK (json_valid(content)),
    change_note   TEXT NOT NULL,
    published_by  BLOB NOT NULL REFERENCES users (id),
    published_at  TEXT NOT NULL,
    PRIMARY KEY (need_id, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE followers (
    need_id          BLOB NOT NULL REFERENCES needs (id),
    user_id          BLOB NOT NULL REFERENCES users (id),
    organisation_id  BLOB NOT NULL REFERENCES organisations (id),
    created_at       TEXT NOT NULL,
    PRIMARY KEY (need_id, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX followers_user ON followers (user_id, created_at);

CREATE TABLE joiners (
    need_id            BLOB NOT NULL REFERENCES needs (id),
    organisation_id    BLOB NOT NULL,
    organisation_kind  TEXT NOT NULL DEFAULT 'buyer' CHECK (organisation_kind = 'buyer'),
    volume             TEXT NOT NULL,
    joined_by          BLOB NOT NULL REFERENCES users (id),
    joined_at          TEXT NOT NULL,
    PRIMARY KEY (need_id, organisation_id),
    FOREIGN KEY (organisation_id, organisation_kind) REFERENCES organisations (id, kind)
) STRICT, WITHOUT ROWID;

-- The order in which public things changed: what the search index and the change feed follow. The position comes from
-- a row of `counters` that stays locked until the transaction ends, so positions appear in the order of the commits:
-- a reader that has seen one has seen all before it.
CREATE TABLE changes (
    position  INTEGER NOT NULL PRIMARY KEY,
    need_id   BLOB NOT NULL REFERENCES needs (id),
    at        TEXT NOT NULL
) STRICT;

-- The dialogue ----------------------------------------------------------------------------------------------

CREATE TABLE questions (
    id               BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    tenant_id        BLOB NOT NULL,
    need_id          BLOB NOT NULL,
    organisation_id  BLOB NOT NULL REFERENCES organisations (id),
    asked_by         BLOB NOT NULL REFERENCES users (id),
    text             TEXT NOT NULL CHECK (text <> ''),
    asked_at         TEXT NOT NULL,
    answer           TEXT,
    answered_by      BLOB REFERENCES users (id),
    answered_at      TEXT,
    FOREIGN KEY (tenant_id, need_id) REFERENCES needs (tenant_id, id),
    CHECK ((answer IS NULL) = (answered_at IS NULL))
) STRICT;
CREATE INDEX questions_need ON questions (need_id, id);
CREATE INDEX questions_asker ON questions (asked_by, id);
CREATE INDEX questions_unanswered ON questions (tenant_id, id) WHERE answered_at IS NULL;

CREATE TABLE responses (
    id                   BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    tenant_id            BLOB NOT NULL,
    need_id              BLOB NOT NULL,
    organisation_id      BLOB NOT NULL,
    organisation_kind    TEXT NOT NULL DEFAULT 'supplier' CHECK (organisation_kind = 'supplier'),
    sent_by              BLOB NOT NULL REFERENCES users (id),
    body                 TEXT NOT NULL CHECK (body <> ''),
    confidential         TEXT NOT NULL,
    confidential_reason  TEXT NOT NULL,
    sent_at              TEXT NOT NULL,
    read_by              BLOB REFERENCES users (id),
    read_at              TEXT,
    thanks               TEXT,
    thanked_by           BLOB REFERENCES users (id),
    thanked_at           TEXT,
    FOREIGN KEY (tenant_id, need_id) REFERENCES needs (tenant_id, id),
    FOREIGN KEY (organisation_id, organisation_kind) REFERENCES organisations (id, kind),
    CHECK ((read_at IS NULL) = (read_by IS NULL)),
    CHECK ((thanks IS NULL) = (thanked_at IS NULL)),
    CHECK (confidential = '' OR confidential_reason <> '')
) STRICT;
CREATE INDEX responses_need ON responses (need_id, id);
CREATE INDEX responses_supplier ON responses (organisation_id, id);
CREATE INDEX responses_unread ON responses (tenant_id, id) WHERE read_at IS NULL;

CREATE TABLE attachments (
    id               BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    need_id          BLOB NOT NULL REFERENCES needs (id),
    response_id      BLOB REFERENCES responses (id),
    organisation_id  BLOB NOT NULL REFERENCES organisations (id),
    name             TEXT NOT NULL CHECK (name <> ''),
    media_type       TEXT NOT NULL,
    bytes            INTEGER NOT NULL CHECK (bytes > 0),
    sha256           TEXT NOT NULL,
    confidential     INTEGER NOT NULL CHECK (confidential IN (0, 1)),
    created_by       BLOB NOT NULL REFERENCES users (id),
    created_at       TEXT NOT NULL
) STRICT;
CREATE INDEX attachments_need ON attachments (need_id, id);
CREATE INDEX attachments_response ON attachments (response_id, id);

CREATE TABLE outcomes (
    need_id  BLOB NOT NULL PRIMARY KEY REFERENCES needs (id),
    kind     TEXT NOT NULL CHECK (kind IN ('procurement', 'direct_purchase', 'pilot', 'own_solution', 'no_action', 'other')),
    text     TEXT NOT NULL CHECK (text <> ''),
    told_by  BLOB NOT NULL REFERENCES users (id),
    told_at  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What happened, and who was told ---------------------------------------------------------------------------

CREATE TABLE events (
    id               BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    at               TEXT NOT NULL,
    name             TEXT NOT NULL,
    tenant_id        BLOB REFERENCES organisations (id),
    organisation_id  BLOB REFERENCES organisations (id),
    user_id          BLOB REFERENCES users (id),
    need_id          BLOB REFERENCES needs (id),
    reason           TEXT,
    request_id       TEXT NOT NULL,
    payload          TEXT NOT NULL CHECK (json_valid(payload)),
    CHECK (user_id IS NOT NULL OR reason IS NOT NULL)
) STRICT;
CREATE INDEX events_tenant ON events (tenant_id, id);
CREATE INDEX events_organisation ON events (organisation_id, id);
CREATE INDEX events_need ON events (need_id, id);

CREATE TABLE messages (
    id               BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    event_id         BLOB NOT NULL REFERENCES events (id),
    organisation_id  BLOB REFERENCES organisations (id),
    user_id          BLOB REFERENCES users (id),
    email            TEXT NOT NULL CHECK (email <> ''),
    template         TEXT NOT NULL,
    language         TEXT NOT NULL CHECK (language IN ('nb', 'nn', 'en')),
    payload          TEXT NOT NULL CHECK (json_valid(payload)),
    status           TEXT NOT NULL CHECK (status IN ('waiting', 'sending', 'sent', 'failed')),
    attempts         INTEGER NOT NULL DEFAULT 0,
    next_attempt_at  TEXT NOT NULL,
    sent_at          TEXT,
    failure          TEXT,
    created_at       TEXT NOT NULL,
    UNIQUE (event_id, email),
    CHECK ((status = 'sent') = (sent_at IS NOT NULL))
) STRICT;
CREATE INDEX messages_due ON messages (next_attempt_at) WHERE status = 'waiting';
CREATE INDEX messages_sending ON messages (next_attempt_at) WHERE status = 'sending';
CREATE INDEX messages_status ON messages (status, id);
CREATE INDEX messages_organisation ON messages (organisation_id, id);

CREATE TABLE idempotency_keys (
    user_id      BLOB NOT NULL REFERENCES users (id),
    key          TEXT NOT NULL,
    fingerprint  TEXT NOT NULL,
    status       INTEGER NOT NULL,
    location     TEXT,
    body         TEXT NOT NULL,
    created_at   TEXT NOT NULL,
    PRIMARY KEY (user_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_keys_age ON idempotency_keys (created_at);
