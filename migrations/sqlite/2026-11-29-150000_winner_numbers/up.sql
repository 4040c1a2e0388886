-- The Norwegian organisation numbers of those who won (BT-501), each once: by these, winners are found in the directory of suppliers.
-- Empty until a notice is imported once more: only the reader knows what the facts say.
ALTER TABLE notices ADD COLUMN winner_numbers TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(winner_numbers));
