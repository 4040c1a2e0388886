ALTER TABLE responses DROP COLUMN supplier_kind;
