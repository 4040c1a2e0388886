-- Random bytes that this installation keeps to itself, by what they are for.
CREATE TABLE secrets (
    name   text NOT NULL PRIMARY KEY,
    value  bytea NOT NULL CHECK (length(value) = 32)
);
