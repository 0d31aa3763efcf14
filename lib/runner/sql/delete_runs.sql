-- With their items. Only those that ended well, a month old: triggers of the tables stand guard (migration 0024).
DELETE FROM job_run WHERE organizer_id = $1 AND id = ANY ($2::uuid[])
