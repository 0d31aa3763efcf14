-- $3 the state it must be in, $4 the new one; $5 the moment, kept as sent_at or finished_at; $6 evidence of death.
UPDATE payout_attempt
SET state = $4,
    sent_at = CASE WHEN $4 = 'sent' THEN $5 ELSE sent_at END,
    finished_at = CASE WHEN $4 IN ('confirmed', 'dead') THEN $5 ELSE finished_at END,
    dead_evidence_id = $6
WHERE organizer_id = $1 AND id = $2 AND state = $3
