ALTER TABLE responses DROP COLUMN supplier_size;
UPDATE supplier_profiles SET employees = '100+' WHERE employees IN ('100-249', '250+');
ALTER TABLE supplier_profiles DROP CONSTRAINT supplier_profiles_employees_check;
ALTER TABLE supplier_profiles ADD CONSTRAINT supplier_profiles_employees_check CHECK (employees IN ('1-4', '5-19', '20-99', '100+'));
