-- Whoever deletes their account leaves an empty name behind, for the rows that say who did something to refer to.
ALTER TABLE users ADD COLUMN deleted_at TEXT
    CHECK (deleted_at IS NULL OR (name = '' AND password_hash = ''));
