-- $3 the state it must be in, $4 the new one; $5 why; $6 the moment; $7 evidence and $8 cost of its end.
UPDATE contract_call
SET state = $4,
    reason = $5,
    sent_at = CASE WHEN $4 = 'sent' THEN $6 ELSE sent_at END,
    finished_at = CASE WHEN $4 IN ('confirmed', 'dead') THEN $6 ELSE finished_at END,
    evidence_id = $7,
    charged_minor = $8
WHERE organizer_id = $1 AND id = $2 AND state = $3
