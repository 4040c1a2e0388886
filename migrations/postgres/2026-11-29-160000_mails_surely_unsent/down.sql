ALTER TABLE messages DROP COLUMN surely_unsent;
