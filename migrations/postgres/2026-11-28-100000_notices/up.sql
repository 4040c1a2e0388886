-- Notices that were read from eForms: one row for each version of each. The columns are what is searched for and counted;
-- `facts` is all that was read, as JSON, compressed (lz4).
CREATE TABLE notices (
    id                  uuid NOT NULL PRIMARY KEY,
    -- Where it stands in the feed of public changes (`changes`): a new one each time that something of the row changes.
    position            bigint NOT NULL UNIQUE,
    notice_id           text,
    version             text,
    procedure_id        text,
    publication_id      text,
    document            text NOT NULL,
    subtype             text,
    form                text,
    notice_type         text,
    procedure_type      text,
    legal_basis         text,
    issued_on           date,
    country             text CHECK (length(country) = 3),
    buyer_number        text CHECK (length(buyer_number) = 9),
    buyer_name          text,
    buyer_type          text,
    buyer_nuts          text,
    title               text,
    nature              text,
    cpv                 text,
    -- Hundredths of the currency.
    estimated_value     bigint,
    estimated_currency  text CHECK (length(estimated_currency) = 3),
    awarded_value       bigint,
    awarded_currency    text CHECK (length(awarded_currency) = 3),
    lots                integer NOT NULL CHECK (lots >= 0),
    parts               integer NOT NULL CHECK (parts >= 0),
    innovation          jsonb NOT NULL,
    aims                jsonb NOT NULL,
    is_change           boolean NOT NULL,
    -- Of the versions of a notice that are no changes of an earlier one, the last. Only these are counted.
    is_newest           boolean NOT NULL,
    follows_notice      boolean NOT NULL,
    tender_deadline_on  date,
    decided_on          date,
    outcome             jsonb NOT NULL,
    flags               integer NOT NULL CHECK (flags >= 0),
    sdk                 integer NOT NULL,
    digest              uuid NOT NULL,
    facts_digest        bigint NOT NULL,
    facts               bytea NOT NULL,
    imported_at         timestamptz NOT NULL,
    CHECK (NOT (is_change AND is_newest))
);
-- The facts are compressed already.
ALTER TABLE notices ALTER COLUMN facts SET STORAGE EXTERNAL;
CREATE INDEX notices_family ON notices (notice_id) WHERE notice_id IS NOT NULL;
CREATE INDEX notices_procedure ON notices (procedure_id) WHERE procedure_id IS NOT NULL;
