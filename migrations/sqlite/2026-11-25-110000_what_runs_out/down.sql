DROP INDEX login_failures_age;
DROP INDEX sessions_revoked;
DROP INDEX sessions_age;
DROP INDEX refresh_tokens_age;
DROP INDEX email_tokens_age;
