-- $2 at most, the newest first.
SELECT id, network, source, purpose, contract, words, key, payload, sequence::bigint AS sequence, fee_minor, valid_until, first_ledger, state, reason, charged_minor, actor, made_at
FROM contract_call
WHERE organizer_id = $1
ORDER BY made_at DESC, id DESC
LIMIT $2
