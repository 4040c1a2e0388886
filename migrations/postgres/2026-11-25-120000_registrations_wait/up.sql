-- Someone wants to register a supplier. Nothing of it is to be seen anywhere until they have shown that the address is
-- theirs; the row is forgotten when the link in the mail has run out.
CREATE TABLE registrations (
    id                   uuid NOT NULL PRIMARY KEY,
    token_hash           text NOT NULL UNIQUE,
    organisation_number  text NOT NULL CHECK (length(organisation_number) = 9),
    organisation_name    text NOT NULL CHECK (organisation_name <> ''),
    kind                 text NOT NULL CHECK (kind IN ('startup', 'social_entrepreneur', 'established')),
    region               text NOT NULL,
    name                 text NOT NULL,
    email                text NOT NULL CHECK (email = lower(email)),
    language             text NOT NULL CHECK (language IN ('nb', 'nn', 'en')),
    password_hash        text NOT NULL,
    created_at           timestamptz NOT NULL,
    expires_at           timestamptz NOT NULL,
    confirmed_at         timestamptz
);
CREATE INDEX registrations_email ON registrations (email, id);
CREATE INDEX registrations_age ON registrations (expires_at);
