-- What reconciliation holds in suspense is the sum of what its breaks put there and nobody has taken out.
SELECT treasury_id, asset_id, sum(books) AS books, sum(breaks) AS breaks
FROM (
    SELECT a.treasury_id, a.asset_id, sum(o.amount) AS books, 0 AS breaks
    FROM account a JOIN posting o ON o.organizer_id = a.organizer_id AND o.account_id = a.id
    WHERE a.kind = 'suspense' AND a.treasury_id IS NOT NULL GROUP BY a.treasury_id, a.asset_id
    UNION ALL
    SELECT k.treasury_id, k.asset_id, 0, sum(o.amount)
    FROM recon_break k
    JOIN journal j ON j.organizer_id = k.organizer_id
        AND (j.id IN (k.journal_id, k.close_journal_id) OR (j.reverses_id = k.close_journal_id AND k.statement_line_id IS NULL))
    JOIN posting o ON o.organizer_id = j.organizer_id AND o.journal_id = j.id AND o.asset_id = k.asset_id
    JOIN account a ON a.organizer_id = o.organizer_id AND a.id = o.account_id AND a.kind = 'suspense'
    GROUP BY k.treasury_id, k.asset_id
) both_sides
GROUP BY treasury_id, asset_id HAVING sum(books) <> sum(breaks)
