-- Every journal entry has postings.
SELECT j.id FROM journal j WHERE NOT EXISTS (SELECT 1 FROM posting o WHERE o.organizer_id = j.organizer_id AND o.journal_id = j.id)
