-- Notices that were read from eForms: one row for each version of each. The columns are what is searched for and counted;
-- `facts` is all that was read, as JSON, compressed (lz4).
CREATE TABLE notices (
    id                  BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    -- Where it stands in the feed of public changes (`changes`): a new one each time that something of the row changes.
    position            INTEGER NOT NULL UNIQUE,
    notice_id           TEXT,
    version             TEXT,
    procedure_id        TEXT,
    publication_id      TEXT,
    document            TEXT NOT NULL,
    subtype             TEXT,
    form                TEXT,
    notice_type         TEXT,
    procedure_type      TEXT,
    legal_basis         TEXT,
    issued_on           TEXT,
    country             TEXT CHECK (length(country) = 3),
    buyer_number        TEXT CHECK (length(buyer_number) = 9),
    buyer_name          TEXT,
    buyer_type          TEXT,
    buyer_nuts          TEXT,
    title               TEXT,
    nature              TEXT,
    cpv                 TEXT,
    -- Hundredths of the currency.
    estimated_value     INTEGER,
    estimated_currency  TEXT CHECK (length(estimated_currency) = 3),
    awarded_value       INTEGER,
    awarded_currency    TEXT CHECK (length(awarded_currency) = 3),
    lots                INTEGER NOT NULL CHECK (lots >= 0),
    parts               INTEGER NOT NULL CHECK (parts >= 0),
    innovation          TEXT NOT NULL CHECK (json_valid(innovation)),
    aims                TEXT NOT NULL CHECK (json_valid(aims)),
    is_change           INTEGER NOT NULL CHECK (is_change IN (0, 1)),
    -- Of the versions of a notice that are no changes of an earlier one, the last. Only these are counted.
    is_newest           INTEGER NOT NULL CHECK (is_newest IN (0, 1)),
    follows_notice      INTEGER NOT NULL CHECK (follows_notice IN (0, 1)),
    tender_deadline_on  TEXT,
    decided_on          TEXT,
    outcome             TEXT NOT NULL CHECK (json_valid(outcome)),
    flags               INTEGER NOT NULL CHECK (flags >= 0),
    sdk                 INTEGER NOT NULL,
    digest              BLOB NOT NULL CHECK (length(digest) = 16),
    facts_digest        INTEGER NOT NULL,
    facts               BLOB NOT NULL,
    imported_at         TEXT NOT NULL,
    CHECK (NOT (is_change AND is_newest))
) STRICT;
CREATE INDEX notices_family ON notices (notice_id) WHERE notice_id IS NOT NULL;
CREATE INDEX notices_procedure ON notices (procedure_id) WHERE procedure_id IS NOT NULL;
