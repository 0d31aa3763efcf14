-- $2 network, $3 account: what may have left and is not proved, in the order of their numbers.
SELECT id, network, source, purpose, contract, words, key, payload, sequence::bigint AS sequence, fee_minor, valid_until, first_ledger, state, reason, charged_minor, actor, made_at
FROM contract_call
WHERE organizer_id = $1 AND network = $2 AND source = $3 AND state IN ('prepared', 'sent', 'unknown')
ORDER BY sequence, made_at
