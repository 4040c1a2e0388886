-- The versions keep their new numbers: they are in the same order and never larger than `needs.version`, so the next one
-- that a server of the version before writes comes after them.
ALTER TABLE needs DROP COLUMN published_version;
