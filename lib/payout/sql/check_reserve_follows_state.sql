-- Money is set aside exactly for payouts that hold it or paid it: reversed when failed, cancelled or returned, never otherwise.
SELECT p.organizer_id, p.id, p.state
FROM payout p
LEFT JOIN journal r ON r.organizer_id = p.organizer_id AND r.reverses_id = p.reserve_journal_id
WHERE (p.state IN ('reserved', 'sending', 'accepted', 'unknown', 'confirmed', 'settled', 'returned', 'failed') AND p.reserve_journal_id IS NULL)
   OR (p.state IN ('planned', 'ready', 'blocked') AND p.reserve_journal_id IS NOT NULL)
   OR ((p.state IN ('failed', 'cancelled', 'returned') AND p.reserve_journal_id IS NOT NULL) <> (r.id IS NOT NULL))
