-- Random bytes that this installation keeps to itself, by what they are for.
CREATE TABLE secrets (
    name   TEXT NOT NULL PRIMARY KEY,
    value  BLOB NOT NULL CHECK (length(value) = 32)
) STRICT, WITHOUT ROWID;
