-- What the supplier called itself when it responded: statistics of a need do not change because it later calls itself
-- something else. Empty if it had no profile.
ALTER TABLE responses ADD COLUMN supplier_kind text
    CHECK (supplier_kind IN ('startup', 'social_entrepreneur', 'established'));
UPDATE responses SET supplier_kind =
    (SELECT kind FROM supplier_profiles WHERE supplier_profiles.organisation_id = responses.organisation_id);
