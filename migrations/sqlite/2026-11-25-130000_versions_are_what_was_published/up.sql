-- What people call version 1, 2, 3 is what was published first, second and third. `needs.version` grew at every save of a
-- draft too; it stays the revision of the row, by which two who write at once are told apart, so that servers of the
-- version before can go on while this runs.
ALTER TABLE needs ADD COLUMN published_version INTEGER NOT NULL DEFAULT 0 CHECK (published_version >= 0);

-- Two steps, because no two versions of a need may have one number in between. The trail is not changed: it says what was
-- so then.
UPDATE need_versions SET version = -numbered.number
FROM (SELECT need_id, version AS old, row_number() OVER (PARTITION BY need_id ORDER BY version) AS number
      FROM need_versions) AS numbered
WHERE numbered.need_id = need_versions.need_id AND numbered.old = need_versions.version;
UPDATE need_versions SET version = -version;

UPDATE needs SET published_version = (SELECT count(*) FROM need_versions WHERE need_versions.need_id = needs.id);
UPDATE needs SET published_version = 1 WHERE published_version = 0 AND status <> 'draft';
