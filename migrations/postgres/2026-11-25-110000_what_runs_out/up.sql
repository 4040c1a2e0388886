-- What is past its use is looked for every hour, and forgotten.
CREATE INDEX email_tokens_age ON email_tokens (expires_at);
CREATE INDEX refresh_tokens_age ON refresh_tokens (expires_at);
CREATE INDEX sessions_age ON sessions (expires_at);
CREATE INDEX sessions_revoked ON sessions (revoked_at) WHERE revoked_at IS NOT NULL;
CREATE INDEX login_failures_age ON login_failures (at);
