-- Who is who ------------------------------------------------------------------------------------------------

CREATE TABLE organisations (
    id            uuid NOT NULL PRIMARY KEY,
    number        text NOT NULL UNIQUE CHECK (length(number) = 9),
    name          text NOT NULL CHECK (name <> ''),
    kind          text NOT NULL CHECK (kind IN ('buyer', 'supplier', 'adviser', 'operator')),
    municipality  text CHECK (length(municipality) = 4),
    language      text NOT NULL CHECK (language IN ('nb', 'nn', 'en')),
    created_at    timestamptz NOT NULL,
    UNIQUE (id, kind)
);

CREATE TABLE users (
    id                  uuid NOT NULL PRIMARY KEY,
    email               text NOT NULL UNIQUE CHECK (email = lower(email)),
    name                text NOT NULL,
    language            text NOT NULL CHECK (language IN ('nb', 'nn', 'en')),
    password_hash       text NOT NULL,
    email_confirmed_at  timestamptz,
    created_at          timestamptz NOT NULL
);

-- The kind of the organisation stands here too, so that the database itself refuses a buyer's role at a supplier.
CREATE TABLE memberships (
    user_id            uuid NOT NULL REFERENCES users (id),
    organisation_id    uuid NOT NULL,
    organisation_kind  text NOT NULL,
    role               text NOT NULL,
    created_at         timestamptz NOT NULL,
    PRIMARY KEY (user_id, organisation_id),
    FOREIGN KEY (organisation_id, organisation_kind) REFERENCES organisations (id, kind),
    CHECK ((organisation_kind = 'buyer' AND role IN ('admin', 'buyer', 'evaluator', 'reader'))
        OR (organisation_kind = 'supplier' AND role IN ('admin', 'member'))
        OR (organisation_kind = 'adviser' AND role = 'adviser')
        OR (organisation_kind = 'operator' AND role = 'operator'))
);
CREATE INDEX memberships_organisation ON memberships (organisation_id, role);

CREATE TABLE invitations (
    id               uuid NOT NULL PRIMARY KEY,
    organisation_id  uuid NOT NULL REFERENCES organisations (id),
    email            text NOT NULL CHECK (email = lower(email)),
    role             text NOT NULL,
    token_hash       text NOT NULL UNIQUE,
    invited_by       uuid REFERENCES users (id),
    created_at       timestamptz NOT NULL,
    expires_at       timestamptz NOT NULL,
    accepted_at      timestamptz
);
CREATE INDEX invitations_organisation ON invitations (organisation_id, created_at);

CREATE TABLE email_tokens (
    token_hash  text NOT NULL PRIMARY KEY,
    user_id     uuid NOT NULL REFERENCES users (id),
    purpose     text NOT NULL CHECK (purpose IN ('confirm', 'reset')),
    created_at  timestamptz NOT NULL,
    expires_at  timestamptz NOT NULL,
    used_at     timestamptz
);
CREATE INDEX email_tokens_user ON email_tokens (user_id);

CREATE TABLE sessions (
    id               uuid NOT NULL PRIMARY KEY,
    user_id          uuid NOT NULL REFERENCES users (id),
    organisation_id  uuid REFERENCES organisations (id),
    kind             text NOT NULL CHECK (kind IN ('browser', 'api')),
    token_hash       text UNIQUE,
    created_at       timestamptz NOT NULL,
    expires_at       timestamptz NOT NULL,
    revoked_at       timestamptz,
    CHECK ((kind = 'browser') = (token_hash IS NOT NULL))
);
CREATE INDEX sessions_user ON sessions (user_id);

CREATE TABLE refresh_tokens (
    token_hash  text NOT NULL PRIMARY KEY,
    session_id  uuid NOT NULL REFERENCES sessions (id),
    issued_at   timestamptz NOT NULL,
    expires_at  timestamptz NOT NULL,
    used_at     timestamptz
);
CREATE INDEX refresh_tokens_session ON refresh_tokens (session_id);

CREATE TABLE login_failures (
    id       uuid NOT NULL PRIMARY KEY,
    account  text NOT NULL,
    address  text NOT NULL,
    at       timestamptz NOT NULL
);
CREATE INDEX login_failures_account ON login_failures (account, at);
CREATE INDEX login_failures_address ON login_failures (address, at);

CREATE TABLE signing_keys (
    id          uuid NOT NULL PRIMARY KEY,
    pkcs8       text NOT NULL,
    public_key  text NOT NULL,
    created_at  timestamptz NOT NULL
);

-- Suppliers -------------------------------------------------------------------------------------------------

CREATE TABLE supplier_profiles (
    organisation_id       uuid NOT NULL PRIMARY KEY,
    organisation_kind     text NOT NULL DEFAULT 'supplier' CHECK (organisation_kind = 'supplier'),
    kind                  text NOT NULL CHECK (kind IN ('startup', 'social_entrepreneur', 'established')),
    description           text NOT NULL,
    offers                text NOT NULL,
    areas                 jsonb NOT NULL,
    regions               jsonb NOT NULL,
    cpv                   jsonb NOT NULL,
    website               text NOT NULL,
    employees             text CHECK (employees IN ('1-4', '5-19', '20-99', '100+')),
    founded               integer CHECK (founded BETWEEN 1600 AND 2999),
    maturity              integer CHECK (maturity BETWEEN 1 AND 9),
    contact_email         text NOT NULL,
    social_traits         jsonb NOT NULL,
    tell_me_of_new_needs  boolean NOT NULL,
    version               integer NOT NULL,
    updated_at            timestamptz NOT NULL,
    FOREIGN KEY (organisation_id, organisation_kind) REFERENCES organisations (id, kind)
);

-- Needs -----------------------------------------------------------------------------------------------------

CREATE TABLE counters (
    name   text NOT NULL PRIMARY KEY,
    value  bigint NOT NULL
);

CREATE TABLE needs (
    id                 uuid NOT NULL PRIMARY KEY,
    tenant_id          uuid NOT NULL REFERENCES organisations (id),
    reference          text NOT NULL UNIQUE,
    status             text NOT NULL CHECK (status IN ('draft', 'published', 'withdrawn', 'concluded')),
    title              text NOT NULL,
    summary            text NOT NULL,
    cpv                jsonb NOT NULL,
    region             jsonb NOT NULL,
    areas              jsonb NOT NULL,
    language           text NOT NULL CHECK (language IN ('nb', 'nn', 'en')),
    innovation_kind    text CHECK (innovation_kind IN ('innovation_friendly', 'innovation', 'innovative_solution')),
    response_deadline  timestamptz,
    description        jsonb NOT NULL,
    joiners            integer NOT NULL DEFAULT 0 CHECK (joiners >= 0),
    version            integer NOT NULL CHECK (version >= 1),
    published_at       timestamptz,
    created_by         uuid NOT NULL REFERENCES users (id),
    created_at         timestamptz NOT NULL,
    updated_at         timestamptz NOT NULL,
    UNIQUE (tenant_id, id),
    CHECK (status = 'draft' OR (published_at IS NOT NULL AND title <> ''))
);
CREATE INDEX needs_tenant ON needs (tenant_id, status, id);
CREATE INDEX needs_public ON needs (published_at DESC, id DESC) WHERE status = 'published';

-- What the market could read, version by version.
CREATE TABLE need_versions (
    need_id       uuid NOT NULL REFERENCES needs (id),
    version       integer NOT NULL,
    content       jsonb NOT NULL,
    change_note   text NOT NULL,
    published_by  uuid NOT NULL REFERENCES users (id),
    published_at  timestamptz NOT NULL,
    PRIMARY KEY (need_id, version)
);

CREATE TABLE followers (
    need_id          uuid NOT NULL REFERENCES needs (id),
    user_id          uuid NOT NULL REFERENCES users (id),
    organisation_id  uuid NOT NULL REFERENCES organisations (id),
    created_at       timestamptz NOT NULL,
    PRIMARY KEY (need_id, user_id)
);
CREATE INDEX followers_user ON followers (user_id, created_at);

CREATE TABLE joiners (
    need_id            uuid NOT NULL REFERENCES needs (id),
    organisation_id    uuid NOT NULL,
    organisation_kind  text NOT NULL DEFAULT 'buyer' CHECK (organisation_kind = 'buyer'),
    volume             text NOT NULL,
    joined_by          uuid NOT NULL REFERENCES users (id),
    joined_at          timestamptz NOT NULL,
    PRIMARY KEY (need_id, organisation_id),
    FOREIGN KEY (organisation_id, organisation_kind) REFERENCES organisations (id, kind)
);

-- The order in which public things changed: what the search index and the change feed follow. The position comes from
-- a row of `counters` that stays locked until the transaction ends, so positions appear in the order of the commits:
-- a reader that has seen one has seen all before it.
CREATE TABLE changes (
    position  bigint NOT NULL PRIMARY KEY,
    need_id   uuid NOT NULL REFERENCES needs (id),
    at        timestamptz NOT NULL
);

-- The dialogue ----------------------------------------------------------------------------------------------

CREATE TABLE questions (
    id               uuid NOT NULL PRIMARY KEY,
    tenant_id        uuid NOT NULL,
    need_id          uuid NOT NULL,
    organisation_id  uuid NOT NULL REFERENCES organisations (id),
    asked_by         uuid NOT NULL REFERENCES users (id),
    text             text NOT NULL CHECK (text <> ''),
    asked_at         timestamptz NOT NULL,
    answer           text,
    answered_by      uuid REFERENCES users (id),
    answered_at      timestamptz,
    FOREIGN KEY (tenant_id, need_id) REFERENCES needs (tenant_id, id),
    CHECK ((answer IS NULL) = (answered_at IS NULL))
);
CREATE INDEX questions_need ON questions (need_id, id);
CREATE INDEX questions_asker ON questions (asked_by, id);
CREATE INDEX questions_unanswered ON questions (tenant_id, id) WHERE answered_at IS NULL;

CREATE TABLE responses (
    id                   uuid NOT NULL PRIMARY KEY,
    tenant_id            uuid NOT NULL,
    need_id              uuid NOT NULL,
    organisation_id      uuid NOT NULL,
    organisation_kind    text NOT NULL DEFAULT 'supplier' CHECK (organisation_kind = 'supplier'),
    sent_by              uuid NOT NULL REFERENCES users (id),
    body                 text NOT NULL CHECK (body <> ''),
    confidential         text NOT NULL,
    confidential_reason  text NOT NULL,
    sent_at              timestamptz NOT NULL,
    read_by              uuid REFERENCES users (id),
    read_at              timestamptz,
    thanks               text,
    thanked_by           uuid REFERENCES users (id),
    thanked_at           timestamptz,
    FOREIGN KEY (tenant_id, need_id) REFERENCES needs (tenant_id, id),
    FOREIGN KEY (organisation_id, organisation_kind) REFERENCES organisations (id, kind),
    CHECK ((read_at IS NULL) = (read_by IS NULL)),
    CHECK ((thanks IS NULL) = (thanked_at IS NULL)),
    CHECK (confidential = '' OR confidential_reason <> '')
);
CREATE INDEX responses_need ON responses (need_id, id);
CREATE INDEX responses_supplier ON responses (organisation_id, id);
CREATE INDEX responses_unread ON responses (tenant_id, id) WHERE read_at IS NULL;

CREATE TABLE attachments (
    id               uuid NOT NULL PRIMARY KEY,
    need_id          uuid NOT NULL REFERENCES needs (id),
    response_id      uuid REFERENCES responses (id),
    organisation_id  uuid NOT NULL REFERENCES organisations (id),
    name             text NOT NULL CHECK (name <> ''),
    media_type       text NOT NULL,
    bytes            bigint NOT NULL CHECK (bytes > 0),
    sha256           text NOT NULL,
    confidential     boolean NOT NULL,
    created_by       uuid NOT NULL REFERENCES users (id),
    created_at       timestamptz NOT NULL
);
CREATE INDEX attachments_need ON attachments (need_id, id);
CREATE INDEX attachments_response ON attachments (response_id, id);

CREATE TABLE outcomes (
    need_id  uuid NOT NULL PRIMARY KEY REFERENCES needs (id),
    kind     text NOT NULL CHECK (kind IN ('procurement', 'direct_purchase', 'pilot', 'own_solution', 'no_action', 'other')),
    text     text NOT NULL CHECK (text <> ''),
    told_by  uuid NOT NULL REFERENCES users (id),
    told_at  timestamptz NOT NULL
);

-- What happened, and who was told ---------------------------------------------------------------------------

CREATE TABLE events (
    id               uuid NOT NULL PRIMARY KEY,
    at               timestamptz NOT NULL,
    name             text NOT NULL,
    tenant_id        uuid REFERENCES organisations (id),
    organisation_id  uuid REFERENCES organisations (id),
    user_id          uuid REFERENCES users (id),
    need_id          uuid REFERENCES needs (id),
    reason           text,
    request_id       text NOT NULL,
    payload          jsonb NOT NULL,
    CHECK (user_id IS NOT NULL OR reason IS NOT NULL)
);
CREATE INDEX events_tenant ON events (tenant_id, id);
CREATE INDEX events_organisation ON events (organisation_id, id);
CREATE INDEX events_need ON events (need_id, id);

CREATE TABLE messages (
    id               uuid NOT NULL PRIMARY KEY,
    event_id         uuid NOT NULL REFERENCES events (id),
    organisation_id  uuid REFERENCES organisations (id),
    user_id          uuid REFERENCES users (id),
    email            text NOT NULL CHECK (email <> ''),
    template         text NOT NULL,
    language         text NOT NULL CHECK (language IN ('nb', 'nn', 'en')),
    payload          jsonb NOT NULL,
    status           text NOT NULL CHECK (status IN ('waiting', 'sending', 'sent', 'failed')),
    attempts         integer NOT NULL DEFAULT 0,
    next_attempt_at  timestamptz NOT NULL,
    sent_at          timestamptz,
    failure          text,
    created_at       timestamptz NOT NULL,
    UNIQUE (event_id, email),
    CHECK ((status = 'sent') = (sent_at IS NOT NULL))
);
CREATE INDEX messages_due ON messages (next_attempt_at) WHERE status = 'waiting';
CREATE INDEX messages_sending ON messages (next_attempt_at) WHERE status = 'sending';
CREATE INDEX messages_status ON messages (status, id);
CREATE INDEX messages_organisation ON messages (organisation_id, id);

CREATE TABLE idempotency_keys (
    user_id      uuid NOT NULL REFERENCES users (id),
    key          text NOT NULL,
    fingerprint  text NOT NULL,
    status       integer NOT NULL,
    location     text,
    body         text NOT NULL,
    created_at   timestamptz NOT NULL,
    PRIMARY KEY (user_id, key)
);
CREATE INDEX idempotency_keys_age ON idempotency_keys (created_at);
