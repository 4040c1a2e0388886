-- A small or medium-sized company has fewer than 250 employees: two bands tell it, where one began at 100. Who said 100 or more before
-- is not asked again and stays so. What the supplier said when it responded is kept with the response.
CREATE TABLE supplier_profiles_new (
    organisation_id       BLOB NOT NULL PRIMARY KEY,
    organisation_kind     TEXT NOT NULL DEFAULT 'supplier' CHECK (organisation_kind = 'supplier'),
    kind                  TEXT NOT NULL CHECK (kind IN ('startup', 'social_entrepreneur', 'established')),
    description           TEXT NOT NULL,
    offers                TEXT NOT NULL,
    areas                 TEXT NOT NULL CHECK (json_valid(areas)),
    regions               TEXT NOT NULL CHECK (json_valid(regions)),
    cpv                   TEXT NOT NULL CHECK (json_valid(cpv)),
    website               TEXT NOT NULL,
    employees             TEXT CHECK (employees IN ('1-4', '5-19', '20-99', '100-249', '250+', '100+')),
    founded               INTEGER CHECK (founded BETWEEN 1600 AND 2999),
    maturity              INTEGER CHECK (maturity BETWEEN 1 AND 9),
    contact_email         TEXT NOT NULL,
    social_traits         TEXT NOT NULL CHECK (json_valid(social_traits)),
    tell_me_of_new_needs  INTEGER NOT NULL CHECK (tell_me_of_new_needs IN (0, 1)),
    version               INTEGER NOT NULL,
    updated_at            TEXT NOT NULL,
    FOREIGN KEY (organisation_id, organisation_kind) REFERENCES organisations (id, kind)
) STRICT, WITHOUT ROWID;
INSERT INTO supplier_profiles_new (organisation_id, organisation_kind, kind, description, offers, areas, regions, cpv, website, employees, founded, maturity, contact_email, social_traits, tell_me_of_new_needs, version, updated_at)
    SELECT organisation_id, organisation_kind, kind, description, offers, areas, regions, cpv, website, employees, founded, maturity, contact_email, social_traits, tell_me_of_new_needs, version, updated_at
    FROM supplier_profiles;
DROP TABLE supplier_profiles;
ALTER TABLE supplier_profiles_new RENAME TO supplier_profiles;
ALTER TABLE responses ADD COLUMN supplier_size TEXT
    CHECK (supplier_size IN ('1-4', '5-19', '20-99', '100-249', '250+', '100+'));
UPDATE responses SET supplier_size =
    (SELECT employees FROM supplier_profiles WHERE supplier_profiles.organisation_id = responses.organisation_id);
