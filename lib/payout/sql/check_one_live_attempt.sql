-- Every payout that counts as paid has a confirmed attempt, and every one that is on its way a live one.
SELECT p.organizer_id, p.id, p.state
FROM payout p
WHERE (p.state IN ('confirmed', 'settled') AND NOT EXISTS (
          SELECT 1 FROM payout_attempt_line l JOIN payout_attempt t ON t.organizer_id = l.organizer_id AND t.id = l.attempt_id
          WHERE l.organizer_id = p.organizer_id AND l.payout_id = p.id AND l.live AND t.state = 'confirmed'))
   OR (p.state IN ('sending', 'accepted', 'unknown') AND NOT EXISTS (
          SELECT 1 FROM payout_attempt_line l JOIN payout_attempt t ON t.organizer_id = l.organizer_id AND t.id = l.attempt_id
          WHERE l.organizer_id = p.organizer_id AND l.payout_id = p.id AND l.live AND t.state IN ('prepared', 'sent', 'unknown')))
