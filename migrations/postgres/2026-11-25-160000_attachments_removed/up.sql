-- A file that is taken away from a need keeps its row: the archive must be able to say what it was, and a file that no
-- row knows is removed.
ALTER TABLE attachments ADD COLUMN removed_by uuid REFERENCES users (id);
ALTER TABLE attachments ADD COLUMN removed_at timestamptz;
