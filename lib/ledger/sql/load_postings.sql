-- The postings of one entry, in order.
SELECT account_id, asset_id, amount FROM posting WHERE organizer_id = $1 AND journal_id = $2 ORDER BY pos
