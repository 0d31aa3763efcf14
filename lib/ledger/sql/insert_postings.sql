-- All postings of entry $2, in one statement: the balance guard looks at statements.
INSERT INTO posting (organizer_id, journal_id, pos, account_id, asset_id, amount)
SELECT $1, $2, p.pos, p.account_id, p.asset_id, p.amount
FROM unnest($3::uuid[], $4::text[], $5::numeric[]) WITH ORDINALITY AS p (account_id, asset_id, amount, pos)
