-- Of a mail that is being sent: no mail server can have it yet, so if its sender vanishes it is sent again. False where nobody
-- knows, as of what a server of the version before is sending: that one may have arrived.
ALTER TABLE messages ADD COLUMN surely_unsent INTEGER NOT NULL DEFAULT 0 CHECK (surely_unsent IN (0, 1));
