-- The notices before it that a notice names (BT-125, OPP-090): identifiers and numbers, by which a market consultation is told
-- from other planning. Empty until a notice is imported once more: only the reader knows what the facts say.
ALTER TABLE notices ADD COLUMN previous_notices jsonb NOT NULL DEFAULT '[]';
