-- Every move by proof names evidence that is kept, of an attempt at this payout that ended so.
SELECT m.organizer_id, m.payout_id, m.seq, m.cause
FROM payout_move m
WHERE m.cause IN ('proof_of_success', 'proof_of_failure', 'proof_of_absence') AND NOT EXISTS (
    SELECT 1 FROM evidence v
    JOIN payout_attempt t ON t.organizer_id = v.organizer_id AND t.id = v.attempt_id
    JOIN payout_attempt_line l ON l.organizer_id = t.organizer_id AND l.attempt_id = t.id
    WHERE v.organizer_id = m.organizer_id AND v.id = m.evidence_id AND l.payout_id = m.payout_id
      AND t.state = CASE m.cause WHEN 'proof_of_success' THEN 'confirmed' ELSE 'dead' END)
