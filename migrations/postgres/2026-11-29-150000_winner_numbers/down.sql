ALTER TABLE notices DROP COLUMN winner_numbers;
