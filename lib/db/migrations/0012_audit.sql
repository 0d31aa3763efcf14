-- Who did what and when, from the rows that each act left: a view, so that it cannot say anything else than they do. subject is
-- what people call the thing; where it has an id of its own, subject is the kind and subject_id the id. source is the command that did
-- it, rests_on the SHA-256 of what it was done with: a manifest's content, a file, a batch. key names the act for ever; null: it may
-- still change, as an import that is under way.
CREATE VIEW audit_trail WITH (security_invoker = true) AS
SELECT organizer_id, at, actor, action, subject, NULL::uuid AS subject_id, details, 'passa apply' AS source, NULL::bytea AS rests_on,
       'act/' || id AS key
FROM audit
UNION ALL
SELECT organizer_id, changed_at, changed_by, CASE WHEN generation = 1 THEN 'declared' ELSE 'changed' END, kind || ' ' || name, NULL,
       'generation ' || generation, 'passa apply', sha256(convert_to(spec::text, 'UTF8')), 'version/' || kind || '/' || name || '/' || generation
FROM object_version
UNION ALL
SELECT i.organizer_id, coalesce(i.finished_at, i.started_at), i.imported_by, CASE i.state WHEN 'done' THEN 'imported' ELSE 'began to import' END,
       'Event ' || e.name, NULL,
       i.file_name || ': ' || i.rows_read || ' rows read: ' || i.lines_sold || ' sold, ' || i.lines_refunded || ' undone, '
       || i.lines_unchanged || ' unchanged; ' || i.rows_ignored || ' rows ignored, ' || i.rows_rejected || ' rows refused',
       'passa sale import', i.file_sha256, CASE i.state WHEN 'done' THEN 'import/' || i.id END
FROM sale_import i
JOIN event e ON e.organizer_id = i.organizer_id AND e.id = i.event_id
UNION ALL
SELECT o.organizer_id, o.recorded_at, i.imported_by, 'oversold', 'Event ' || e.name || ', tier ' || t.name, NULL,
       o.sold || ' sold of ' || o.capacity || ', with the import of ' || i.file_name, 'passa sale import', i.file_sha256,
       'oversold/' || o.tier_id || '/' || o.import_id
FROM oversell_audit o
JOIN event e ON e.organizer_id = o.organizer_id AND e.id = o.event_id
JOIN tier t ON t.organizer_id = o.organizer_id AND t.event_id = o.event_id AND t.id = o.tier_id
JOIN sale_import i ON i.organizer_id = o.organizer_id AND i.event_id = o.event_id AND i.id = o.import_id
UNION ALL
SELECT organizer_id, settled_at, settled_by, 'settled', 'settlement', id, lines || ' lines', 'passa settle', NULL, 'settlement/' || id
FROM settlement
UNION ALL
SELECT organizer_id, made_at, made_by, 'made', 'batch', id, 'sha256 ' || left(encode(sha256, 'hex'), 16), 'passa payout create', sha256,
       'batch/' || id
FROM payout_batch
UNION ALL
SELECT organizer_id, approved_at, approved_by, 'approved', 'batch', batch_id, 'sha256 ' || left(encode(batch_sha256, 'hex'), 16),
       'passa payout approve', batch_sha256, 'approval/' || batch_id || '/' || approved_by || '/' || extract(epoch FROM approved_at)
FROM payout_approval
UNION ALL
SELECT t.organizer_id, t.made_at, m.actor, 'sent', 'batch', t.batch_id, m.payouts || ' payouts in ' || t.key, 'passa payout send', NULL,
       'attempt/' || t.id
FROM payout_attempt t
CROSS JOIN LATERAL (
    SELECT (SELECT m.actor FROM payout_move m
            WHERE m.organizer_id = t.organizer_id AND m.payout_id = (array_agg(l.payout_id))[1] AND m.cause = 'attempt_stored' AND m.moved_at >= t.made_at
            ORDER BY m.seq LIMIT 1) AS actor, count(*) AS payouts
    FROM payout_attempt_line l
    WHERE l.organizer_id = t.organizer_id AND l.attempt_id = t.id
) m
UNION ALL
SELECT m.organizer_id, min(m.moved_at), m.actor, 'cancelled', 'batch', p.batch_id, count(*) || ' payouts', 'passa payout cancel', NULL,
       CASE WHEN date_trunc('minute', m.moved_at) < date_trunc('minute', clock_timestamp())
            THEN 'cancelled/' || p.batch_id || '/' || m.actor || '/' || extract(epoch FROM date_trunc('minute', m.moved_at)) END
FROM payout_move m
JOIN payout p ON p.organizer_id = m.organizer_id AND p.id = m.payout_id
WHERE m.cause = 'withdrawn'
GROUP BY m.organizer_id, m.actor, p.batch_id, date_trunc('minute', m.moved_at)
UNION ALL
SELECT r.organizer_id, r.ran_at, r.ran_by, 'reconciled', 'Treasury ' || t.name, NULL, r.lines_read || ' lines read, ' || r.breaks_open || ' breaks open',
       'passa recon run', NULL, 'recon/' || r.id
FROM recon_run r
JOIN treasury t ON t.organizer_id = r.organizer_id AND t.id = r.treasury_id
UNION ALL
SELECT organizer_id, moved_at, actor, action, 'break', break_id, reason, 'passa recon close', NULL, 'break/' || break_id || '/' || seq
FROM recon_break_move
WHERE run_id IS NULL;
GRANT SELECT ON audit_trail TO passa_app;
