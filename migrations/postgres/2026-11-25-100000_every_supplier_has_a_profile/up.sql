-- `brobygger organisation add --kind supplier` used to make no profile: such a supplier was in no list, could not write
-- about itself, and heard of nothing. It gets the empty profile that a supplier begins with.
INSERT INTO supplier_profiles (organisation_id, kind, description, offers, areas, regions, cpv, website, contact_email,
                               social_traits, tell_me_of_new_needs, version, updated_at)
SELECT id, 'established', '', '', '[]', CASE WHEN municipality IS NULL THEN '[]' ELSE jsonb_build_array(substr(municipality, 1, 2)) END,
       '[]', '', '', '{"purpose":"","newness":"","involvement":"","results":"","cooperation":""}', true, 1, created_at
FROM organisations
WHERE kind = 'supplier' AND id NOT IN (SELECT organisation_id FROM supplier_profiles);
