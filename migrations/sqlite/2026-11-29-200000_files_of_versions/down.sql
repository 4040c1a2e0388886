DROP TABLE version_attachments;
DROP INDEX attachments_need;
CREATE INDEX attachments_need ON attachments (need_id, id);
