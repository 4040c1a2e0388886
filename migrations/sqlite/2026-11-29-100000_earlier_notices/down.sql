ALTER TABLE notices DROP COLUMN previous_notices;
