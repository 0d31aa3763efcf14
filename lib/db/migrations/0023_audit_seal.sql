-- Sealing reads what is new, and holds the organizer's row only to number it. A cancelled batch is sealed payout by payout: a payout is
-- withdrawn once, whatever the clock said, so that a later cancel never changes what an earlier one was sealed as.

-- When a record was sealed; null: before this.
ALTER TABLE audit_record ADD COLUMN sealed_at timestamptz;
ALTER TABLE audit_record ALTER COLUMN sealed_at SET DEFAULT clock_timestamp();

-- As in 0016, but for cancelled batches: what was sealed by the minute stays as it was sealed; all else is each payout's own move.
CREATE OR REPLACE VIEW audit_fact WITH (security_invoker = true) AS
SELECT organizer_id, key, at,
       jsonb_build_object('key', key, 'at', at, 'actor', actor, 'action', action,
                          'subject', subject || coalesce(' ' || subject_id, ''), 'details', details, 'source', source,
                          'rests_on', encode(rests_on, 'hex')) AS fact
FROM audit_trail t
WHERE key IS NOT NULL
  AND (action <> 'cancelled' OR subject <> 'batch' OR EXISTS (SELECT 1 FROM audit_record r WHERE r.organizer_id = t.organizer_id AND r.key = t.key))
UNION ALL
SELECT m.organizer_id, 'withdrawn/' || m.payout_id || '/' || m.seq, m.moved_at,
       jsonb_build_object('key', 'withdrawn/' || m.payout_id || '/' || m.seq, 'at', m.moved_at, 'actor', m.actor, 'action', 'cancelled',
                          'subject', 'payout ' || m.payout_id || ' of batch ' || p.batch_id, 'details', m.reason, 'source', 'passa payout cancel')
FROM payout_move m
JOIN payout p ON p.organizer_id = m.organizer_id AND p.id = m.payout_id
WHERE m.cause = 'withdrawn'
UNION ALL
SELECT j.organizer_id, 'journal/' || j.id, j.posted_at,
       jsonb_build_object('key', 'journal/' || j.id, 'at', j.posted_at, 'action', 'posted', 'subject', j.kind || ' ' || j.cause_id || ' ' || j.cause_key,
                          'details', j.note, 'effective_at', j.effective_at, 'reverses', j.reverses_id,
                          'postings', (SELECT jsonb_agg(jsonb_build_array(a.kind, a.event_id, a.party_id, a.treasury_id, p.amount::text, p.asset_id)
                                                        ORDER BY p.pos)
                                       FROM posting p
                                       JOIN account a ON a.organizer_id = p.organizer_id AND a.id = p.account_id
                                       WHERE p.organizer_id = j.organizer_id AND p.journal_id = j.id))
FROM journal j;

-- Numbers facts that were read before, in their order, behind the last record; who comes second waits, and adds what is left. Facts
-- never change, so those that were read are those that stand there. How many records it added.
CREATE FUNCTION passa_seal_facts(whose uuid, keys text[], facts jsonb[]) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    next bigint;
    prior text;
    found record;
    sealed text;
    added bigint := 0;
BEGIN
    PERFORM 1 FROM organizer o WHERE o.id = whose FOR NO KEY UPDATE;
    SELECT r.seq + 1, encode(r.sha256, 'hex') INTO next, prior FROM audit_record r WHERE r.organizer_id = whose ORDER BY r.seq DESC LIMIT 1;
    next := coalesce(next, 1);
    prior := coalesce(prior, repeat('0', 64));
    FOR found IN SELECT u.key, u.fact FROM unnest(keys, facts) WITH ORDINALITY AS u (key, fact, n)
                 WHERE NOT EXISTS (SELECT 1 FROM audit_record r WHERE r.organizer_id = whose AND r.key = u.key)
                 ORDER BY u.n LOOP
        sealed := (found.fact || jsonb_build_object('seq', next, 'prior', prior))::text;
        prior := encode(sha256(convert_to(sealed, 'UTF8')), 'hex');
        INSERT INTO audit_record (organizer_id, seq, key, text, sha256) VALUES (whose, next, found.key, sealed, decode(prior, 'hex'));
        next := next + 1;
        added := added + 1;
    END LOOP;
    RETURN added;
END $$;
DROP FUNCTION passa_seal_audit(uuid, bigint);
