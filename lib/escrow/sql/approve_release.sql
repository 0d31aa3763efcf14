-- Approved once, with the entry that it became.
UPDATE escrow_release SET approved_by = $4, approved_at = $5, journal_id = $6 WHERE organizer_id = $1 AND plan_id = $2 AND sha256 = $3
