-- Someone wants to register a supplier. Nothing of it is to be seen anywhere until they have shown that the address is
-- theirs; the row is forgotten when the link in the mail has run out.
CREATE TABLE registrations (
    id                   BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    token_hash           TEXT NOT NULL UNIQUE,
    organisation_number  TEXT NOT NULL CHECK (length(organisation_number) = 9),
    organisation_name    TEXT NOT NULL CHECK (organisation_name <> ''),
    kind                 TEXT NOT NULL CHECK (kind IN ('startup', 'social_entrepreneur', 'established')),
    region               TEXT NOT NULL,
    name                 TEXT NOT NULL,
    email                TEXT NOT NULL CHECK (email = lower(email)),
    language             TEXT NOT NULL CHECK (language IN ('nb', 'nn', 'en')),
    password_hash        TEXT NOT NULL,
    created_at           TEXT NOT NULL,
    expires_at           TEXT NOT NULL,
    confirmed_at         TEXT
) STRICT;
CREATE INDEX registrations_email ON registrations (email, id);
CREATE INDEX registrations_age ON registrations (expires_at);
