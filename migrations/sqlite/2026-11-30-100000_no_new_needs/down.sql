ALTER TABLE memberships DROP COLUMN no_new_needs_since;
