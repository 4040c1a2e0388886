-- As it was before: what is taken away has no row.
DELETE FROM attachments WHERE removed_at IS NOT NULL;
ALTER TABLE attachments DROP COLUMN removed_at;
ALTER TABLE attachments DROP COLUMN removed_by;
