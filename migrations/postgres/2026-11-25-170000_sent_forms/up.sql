-- What was sent by someone who was nobody yet: a registration, an invitation that was accepted, a forgotten password. The
-- same form does it once. The key is a hash of all that was sent, with a number in it that only that form has.
CREATE TABLE sent_forms (
    key         text NOT NULL PRIMARY KEY,
    created_at  timestamptz NOT NULL
);
CREATE INDEX sent_forms_age ON sent_forms (created_at);
-- Invitations are forgotten when they have run out.
CREATE INDEX invitations_age ON invitations (expires_at);
