-- Every reversal undoes its original to the unit.
SELECT r.id FROM journal r
JOIN posting o ON o.organizer_id = r.organizer_id AND o.journal_id IN (r.id, r.reverses_id)
WHERE r.reverses_id IS NOT NULL
GROUP BY r.id, o.account_id HAVING sum(o.amount) <> 0
