-- A small or medium-sized company has fewer than 250 employees: two bands tell it, where one began at 100. Who said 100 or more before
-- is not asked again and stays so. What the supplier said when it responded is kept with the response.
ALTER TABLE supplier_profiles DROP CONSTRAINT supplier_profiles_employees_check;
ALTER TABLE supplier_profiles ADD CONSTRAINT supplier_profiles_employees_check CHECK (employees IN
    ('1-4', '5-19', '20-99', '100-249', '250+', '100+'));
ALTER TABLE responses ADD COLUMN supplier_size text
    CHECK (supplier_size IN ('1-4', '5-19', '20-99', '100-249', '250+', '100+'));
UPDATE responses SET supplier_size =
    (SELECT employees FROM supplier_profiles WHERE supplier_profiles.organisation_id = responses.organisation_id);
