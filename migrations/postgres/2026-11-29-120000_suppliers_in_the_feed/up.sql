-- Profiles are public, so they stand in the feed of changes as needs and notices do. Those that are here already come in the
-- order in which they were written last.
ALTER TABLE supplier_profiles ADD COLUMN position bigint;
UPDATE supplier_profiles SET position = coalesce((SELECT value FROM counters WHERE name = 'changes'), 0) + numbered.n
FROM (SELECT organisation_id AS id, row_number() OVER (ORDER BY updated_at, organisation_id) AS n FROM supplier_profiles)
    AS numbered
WHERE numbered.id = supplier_profiles.organisation_id;
INSERT INTO counters (name, value)
SELECT 'changes', count(*) FROM supplier_profiles WHERE true
ON CONFLICT (name) DO UPDATE SET value = counters.value + excluded.value;
ALTER TABLE supplier_profiles ALTER COLUMN position SET NOT NULL;
CREATE UNIQUE INDEX supplier_profiles_position ON supplier_profiles (position);
