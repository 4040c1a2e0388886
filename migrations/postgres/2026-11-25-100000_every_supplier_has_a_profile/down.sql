-- A profile that was empty then may have been written since, so all of them stay.
SELECT 1;
