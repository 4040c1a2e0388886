DROP INDEX invitations_age;
DROP TABLE sent_forms;
