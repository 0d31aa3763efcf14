-- $2 run; lines with the rule that explains each, its payout, attempt and journal.
INSERT INTO recon_match (organizer_id, statement_line_id, run_id, rule, payout_id, attempt_id, journal_id)
SELECT $1, m.line_id, $2, m.rule, nullif(m.payout_id, '')::uuid, nullif(m.attempt_id, '')::uuid, nullif(m.journal_id, '')::uuid
FROM unnest($3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[]) AS m (line_id, rule, payout_id, attempt_id, journal_id)
