-- Every payout's moves follow one from another and lead to the state it is in.
SELECT organizer_id, id, state FROM (
    SELECT p.organizer_id, p.id, p.state, m.state_to, m.seq, m.state_from,
           lag(m.state_to) OVER (PARTITION BY p.organizer_id, p.id ORDER BY m.seq) AS before,
           max(m.seq) OVER (PARTITION BY p.organizer_id, p.id) AS last
    FROM payout p LEFT JOIN payout_move m ON m.organizer_id = p.organizer_id AND m.payout_id = p.id
) steps
WHERE seq IS NULL OR state_from <> coalesce(before, 'planned') OR (seq = last AND state_to <> state)
