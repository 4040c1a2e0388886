DROP INDEX supplier_profiles_position;
ALTER TABLE supplier_profiles DROP COLUMN position;
