-- All postings of entries $2 (one for each posting; $3 their places), in one statement: the balance guard looks at statements.
INSERT INTO posting (organizer_id, journal_id, pos, account_id, asset_id, amount)
SELECT $1, p.journal_id, p.pos, p.account_id, p.asset_id, p.amount
FROM unnest($2::uuid[], $3::integer[], $4::uuid[], $5::text[], $6::numeric[]) AS p (journal_id, pos, account_id, asset_id, amount)
