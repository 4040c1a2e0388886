ALTER TABLE needs DROP COLUMN deleted_at;
