-- Whoever deletes a draft leaves an empty one behind, for the trail to refer to. What has been published is never deleted.
ALTER TABLE needs ADD COLUMN deleted_at timestamptz
    CHECK (deleted_at IS NULL OR (status = 'draft' AND published_version = 0 AND title = '' AND summary = ''));
