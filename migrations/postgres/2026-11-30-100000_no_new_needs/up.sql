-- One of a supplier's people may want no mail about new needs, while their colleagues do.
ALTER TABLE memberships ADD COLUMN no_new_needs_since timestamptz;
