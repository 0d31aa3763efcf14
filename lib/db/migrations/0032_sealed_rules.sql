-- The rules that money follows are sealed as rows too, not as words alone: whoever changes a rate, a share, a limit or where a party is
-- paid in the tables themselves is found by `passa audit verify`, and the row is named.

-- The rows that a declared object stands as and that may change with it, as one JSON object: what a row is, and its columns by name.
-- A migration that renames or drops one of these columns makes this anew and goes on saying the old name.
CREATE FUNCTION passa_standing_rows(whose uuid, its_kind text, its_id uuid) RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT coalesce(jsonb_object_agg(r.name, r.columns), '{}')
    FROM (
        SELECT 'organizer' AS name, jsonb_build_object('name', o.name, 'title', o.title, 'zone', o.zone) AS columns
        FROM organizer o
        WHERE its_kind = 'Organizer' AND o.id = whose
        UNION ALL
        SELECT 'party', jsonb_build_object('name', p.name, 'role', p.role, 'title', p.title, 'rail', p.rail, 'destination', p.destination,
                                           'memo', p.memo, 'payout_asset_id', p.payout_asset_id)
        FROM party p
        WHERE its_kind IN ('Party', 'Creator') AND p.organizer_id = whose AND p.id = its_id
        UNION ALL
        SELECT 'event', jsonb_build_object('name', e.name, 'title', e.title, 'zone', e.zone, 'currency_id', e.currency_id, 'scale', a.scale,
                                           'starts_at', e.starts_at, 'ends_at', e.ends_at, 'oversell', e.oversell)
        FROM event e
        JOIN asset a ON a.organizer_id = e.organizer_id AND a.id = e.currency_id
        WHERE its_kind = 'Event' AND e.organizer_id = whose AND e.id = its_id
        UNION ALL
        SELECT 'tier ' || t.name, jsonb_build_object('id', t.id, 'title', t.title, 'match_names', t.match_names, 'price_minor', t.price_minor::text,
                                                     'asset_id', t.asset_id, 'capacity', t.capacity, 'sale_from', t.sale_from, 'sale_until', t.sale_until)
        FROM tier t
        WHERE its_kind = 'Event' AND t.organizer_id = whose AND t.event_id = its_id
        UNION ALL
        SELECT 'treasury', jsonb_build_object('name', t.name, 'rail', t.rail, 'network_name', t.network_name, 'account', t.account,
                                              'key_name', t.key_name, 'asset_id', t.asset_id, 'scale', a.scale, 'policy_name', t.policy_name,
                                              'funded_from', t.funded_from)
        FROM treasury t
        JOIN asset a ON a.organizer_id = t.organizer_id AND a.id = t.asset_id
        WHERE its_kind = 'Treasury' AND t.organizer_id = whose AND t.id = its_id
        UNION ALL
        SELECT 'asset', jsonb_build_object('id', a.id, 'scale', a.scale)
        FROM object o
        JOIN asset a ON a.organizer_id = o.organizer_id AND a.id = concat_ws(':', o.spec ->> 'code', o.spec ->> 'issuer')
        WHERE its_kind = 'Asset' AND o.organizer_id = whose AND o.id = its_id
        UNION ALL
        SELECT 'network', jsonb_build_object('passphrase', n.passphrase, 'endpoints', n.endpoints, 'friendbot', n.friendbot)
        FROM object o
        JOIN network n ON n.organizer_id = o.organizer_id AND n.name = o.name
        WHERE its_kind = 'Network' AND o.organizer_id = whose AND o.id = its_id
        UNION ALL
        SELECT 'campaign', jsonb_build_object('name', c.name, 'event_id', c.event_id)
        FROM campaign c
        WHERE its_kind = 'Campaign' AND c.organizer_id = whose AND c.id = its_id
        UNION ALL
        SELECT 'split_plan', jsonb_build_object('name', p.name, 'event_id', p.event_id)
        FROM split_plan p
        WHERE its_kind = 'SplitPlan' AND p.organizer_id = whose AND p.id = its_id
        UNION ALL
        SELECT 'version ' || v.version, jsonb_build_object('tiers', jsonb_agg(t.tier_id ORDER BY t.tier_id))
        FROM split_plan_version v
        JOIN tier_plan t ON t.organizer_id = v.organizer_id AND t.event_id = v.event_id AND t.plan_version_id = v.id
        WHERE its_kind = 'SplitPlan' AND v.organizer_id = whose AND v.plan_id = its_id
        GROUP BY v.version
    ) r
$$;

-- As they stood when this version was declared; null: the kind has rows of versions alone, or it was declared before this and another
-- came since. What stands now is taken as it stands.
ALTER TABLE object_version ADD COLUMN rows jsonb;
ALTER TABLE object_version DISABLE TRIGGER append_only;
UPDATE object_version v SET rows = nullif(passa_standing_rows(o.organizer_id, o.kind, o.id), '{}')
FROM object o
WHERE o.archived_at IS NULL AND v.organizer_id = o.organizer_id AND v.kind = o.kind AND v.name = o.name AND v.generation = o.generation;
ALTER TABLE object_version ENABLE TRIGGER append_only;

-- Codes that credit another creator, or at another time, than their campaign says: its words are compared, because another campaign may
-- take a code over that is on no ticket yet. A window that is over is history.
CREATE VIEW code_drift WITH (security_invoker = true) AS
WITH said AS (
    SELECT o.organizer_id, o.name, o.id, o.changed_at, upper(btrim(c ->> 'code') COLLATE "C") AS code, c ->> 'creator' AS creator,
           (c ->> 'validFrom')::timestamptz AS valid_from, coalesce((c ->> 'validUntil')::timestamptz, 'infinity') AS valid_until
    FROM object o
    CROSS JOIN LATERAL jsonb_array_elements(o.spec -> 'codes') c
    WHERE o.kind = 'Campaign' AND o.archived_at IS NULL
), held AS (
    SELECT o.organizer_id, o.name, o.changed_at, c.code, p.name AS creator, c.valid_from, c.valid_until
    FROM object o
    JOIN promo_code c ON c.organizer_id = o.organizer_id AND c.campaign_id = o.id
    JOIN party p ON p.organizer_id = c.organizer_id AND p.id = c.creator_id
    WHERE o.kind = 'Campaign' AND o.archived_at IS NULL
)
SELECT h.organizer_id, h.name, h.code
FROM held h
WHERE h.valid_until > greatest(h.valid_from, h.changed_at, now())
  AND NOT EXISTS (SELECT 1 FROM said s
                  WHERE s.organizer_id = h.organizer_id AND s.name = h.name AND s.code = h.code AND s.creator = h.creator
                    AND s.valid_until = h.valid_until AND coalesce(s.valid_from, h.valid_from) = h.valid_from)
UNION
SELECT s.organizer_id, s.name, s.code
FROM said s
WHERE NOT EXISTS (SELECT 1 FROM held h
                  WHERE h.organizer_id = s.organizer_id AND h.name = s.name AND h.code = s.code AND h.creator = s.creator);
GRANT SELECT ON code_drift TO passa_app;

-- Objects whose rows are not what their newest version left, or whose words are not: null rows are not asked. What was archived may have
-- lost rows, but none of them may say something else; and what is gone was deleted by somebody.
CREATE VIEW rule_drift WITH (security_invoker = true) AS
WITH newest AS (
    SELECT o.organizer_id, o.kind, o.name, o.id, o.archived_at IS NOT NULL AS archived, o.spec AS stands, o.generation AS counted, v.generation, v.spec, v.rows
    FROM object o
    LEFT JOIN LATERAL (SELECT v.generation, v.spec, v.rows FROM object_version v
                       WHERE v.organizer_id = o.organizer_id AND v.kind = o.kind AND v.name = o.name
                       ORDER BY v.generation DESC LIMIT 1) v ON true
)
SELECT n.organizer_id, n.kind, n.name, n.generation, d.field
FROM newest n
CROSS JOIN LATERAL (
    SELECT 'spec' AS field WHERE n.stands IS DISTINCT FROM n.spec
    UNION ALL
    SELECT 'generation' WHERE n.counted IS DISTINCT FROM n.generation
    UNION ALL
    SELECT 'code ' || c.code FROM code_drift c WHERE n.kind = 'Campaign' AND c.organizer_id = n.organizer_id AND c.name = n.name
    UNION ALL
    SELECT coalesce(was.key, now.key) || coalesce('.' || c.key, '')
    FROM jsonb_each(n.rows) was
    FULL JOIN jsonb_each(passa_standing_rows(n.organizer_id, n.kind, n.id)) now ON now.key = was.key
    LEFT JOIN LATERAL (SELECT k.key FROM jsonb_each(was.value) k WHERE now.value -> k.key IS DISTINCT FROM k.value) c ON now.value IS NOT NULL
    WHERE n.rows IS NOT NULL AND (c.key IS NOT NULL OR NOT n.archived AND (was.key IS NULL OR now.key IS NULL))
) d
UNION ALL
SELECT v.organizer_id, v.kind, v.name, max(v.generation), 'gone, and nobody deleted it'
FROM object_version v
WHERE NOT EXISTS (SELECT 1 FROM object o
                  WHERE o.organizer_id = v.organizer_id AND o.kind = v.kind AND o.name = v.name AND o.archived_at IS NULL)
GROUP BY v.organizer_id, v.kind, v.name
HAVING NOT EXISTS (SELECT 1 FROM audit a
                   WHERE a.organizer_id = v.organizer_id AND a.subject = v.kind || ' ' || v.name AND a.action IN ('deleted', 'archived')
                     AND a.at >= max(v.changed_at));
GRANT SELECT ON rule_drift TO passa_app;

-- Null for what is no object of JSON: whoever writes into the trail must not be able to end its proof.
CREATE FUNCTION passa_jsonb(said text) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE STRICT AS $$
DECLARE
    object jsonb;
BEGIN
    object := said::jsonb;
    RETURN CASE jsonb_typeof(object) WHEN 'object' THEN object END;
EXCEPTION WHEN OTHERS THEN
    RETURN NULL;
END $$;

-- As in 0023, and: what objects stood as, every version of a money rule with all that hangs on it, and what each payout pays to whom.
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
FROM journal j
UNION ALL
SELECT organizer_id, 'rows/' || kind || '/' || name || '/' || generation, changed_at,
       jsonb_build_object('key', 'rows/' || kind || '/' || name || '/' || generation, 'at', changed_at, 'actor', changed_by, 'action', 'stood',
                          'subject', kind || ' ' || name, 'source', 'passa apply', 'rows', rows)
FROM object_version
WHERE rows IS NOT NULL
UNION ALL
SELECT organizer_id, 'rate/' || id, created_at,
       jsonb_build_object('key', 'rate/' || id, 'at', created_at, 'action', 'ruled', 'subject', 'ExchangeRate ' || name, 'version', version,
                          'from', from_asset_id, 'to', to_asset_id, 'mantissa', mantissa::text, 'decimals', decimals,
                          'effective_from', effective_from, 'details', source)
FROM exchange_rate
UNION ALL
SELECT v.organizer_id, 'terms/' || v.id, v.created_at,
       jsonb_build_object('key', 'terms/' || v.id, 'at', v.created_at, 'action', 'ruled', 'subject', 'Campaign ' || v.campaign_id,
                          'version', v.version, 'event', v.event_id, 'rate_ppm', v.rate_ppm, 'cap_minor', v.cap_minor::text,
                          'effective_from', v.effective_from)
FROM campaign_version v
UNION ALL
SELECT v.organizer_id, 'plan/' || v.id, v.created_at,
       jsonb_build_object('key', 'plan/' || v.id, 'at', v.created_at, 'action', 'ruled', 'subject', 'SplitPlan ' || v.plan_id,
                          'version', v.version, 'event', v.event_id, 'basis', v.basis, 'fees_from', v.fees_from,
                          'commission_from', v.commission_from, 'effective_from', v.effective_from,
                          'shares', (SELECT jsonb_agg(jsonb_build_array(s.party_id, s.ppm) ORDER BY s.pos) FROM split_share s
                                     WHERE s.organizer_id = v.organizer_id AND s.event_id = v.event_id AND s.plan_version_id = v.id))
FROM split_plan_version v
UNION ALL
SELECT y.organizer_id, 'policy/' || y.id, y.created_at,
       jsonb_build_object('key', 'policy/' || y.id, 'at', y.created_at, 'action', 'ruled', 'subject', 'PayoutPolicy ' || y.name,
                          'version', y.version, 'effective_from', y.effective_from, 'single_person', y.single_person,
                          'approval_valid_seconds', y.approval_valid_seconds,
                          'limits', (SELECT jsonb_agg(jsonb_build_array(l.asset_id, l.minimum_minor::text, l.per_payout_minor::text,
                                                                        l.per_batch_minor::text, l.per_day_minor::text) ORDER BY l.asset_id)
                                     FROM payout_limit l WHERE l.organizer_id = y.organizer_id AND l.policy_id = y.id))
FROM payout_policy y
UNION ALL
SELECT p.organizer_id, 'payout/' || p.id, b.made_at,
       jsonb_build_object('key', 'payout/' || p.id, 'at', b.made_at, 'actor', b.made_by, 'action', 'planned', 'subject', 'batch ' || p.batch_id,
                          'pos', p.pos, 'party', p.party_id, 'event', p.event_id, 'from', p.source, 'details', p.reference,
                          'owed', p.owed_minor::text, 'netted', p.netted_minor::text, 'owed_asset', p.owed_asset_id,
                          'amount', p.amount_minor::text, 'asset', p.asset_id, 'rate', p.exchange_rate_id,
                          'rail', p.rail, 'destination', p.destination, 'memo', p.memo)
FROM payout p
JOIN payout_batch b ON b.organizer_id = p.organizer_id AND b.id = p.batch_id;
