-- A payout is booked as paid exactly when there is proof that it was, and that is reversed exactly when it came back.
SELECT p.organizer_id, p.id, p.state
FROM payout p
LEFT JOIN journal j ON j.organizer_id = p.organizer_id AND j.kind = 'payout_done' AND j.cause_id = p.id
LEFT JOIN journal r ON r.organizer_id = p.organizer_id AND r.reverses_id = j.id
WHERE (p.state IN ('confirmed', 'settled', 'returned')) <> (j.id IS NOT NULL) OR (p.state = 'returned') <> (r.id IS NOT NULL)
