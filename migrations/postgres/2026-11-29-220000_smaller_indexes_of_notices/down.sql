DROP INDEX notices_family;
CREATE INDEX notices_family ON notices (notice_id) WHERE notice_id IS NOT NULL;
CREATE INDEX notices_procedure ON notices (procedure_id) WHERE procedure_id IS NOT NULL;
