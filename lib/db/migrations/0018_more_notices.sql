-- More of what is told: a run begins, a settlement is done, a batch waits for approval or is done, payouts whose outcome nobody knows though
-- their time is over. As before, a trigger of the fact's own table writes the notice; only time passing is no row, and is looked for.

ALTER TABLE notice_outbox DROP CONSTRAINT notice_outbox_kind_check;
ALTER TABLE notice_outbox ADD CONSTRAINT notice_outbox_kind_check CHECK (kind IN ('run.started', 'run.done', 'run.partial', 'run.failed', 'run.alarm',
    'break.opened', 'settlement.done', 'batch.waiting', 'batch.done', 'payout.unknown', 'test'));

-- 1234.50 KES, for the words of a notice.
CREATE FUNCTION passa_amount_text(organizer uuid, asset text, minor numeric) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT round(minor / power(10::numeric, a.scale), a.scale)::text || ' ' || split_part(a.id, ':', 1)
    FROM asset a WHERE a.organizer_id = organizer AND a.id = asset
$$;

CREATE FUNCTION passa_notice_of_start() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM passa_notice(NEW.organizer_id, 'run.started', NEW.job, format('start %s %s', NEW.id, NEW.attempts),
        jsonb_build_object('job', NEW.job, 'scope', NEW.scope, 'run', NEW.id, 'attempt', NEW.attempts));
    RETURN NULL;
END $$;
CREATE TRIGGER notice_of_start AFTER UPDATE OF attempts ON job_run FOR EACH ROW WHEN (NEW.state = 'running' AND NEW.attempts > OLD.attempts)
    EXECUTE FUNCTION passa_notice_of_start();

-- What it took in stands before its own row.
CREATE FUNCTION passa_notice_of_settlement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM passa_notice(NEW.organizer_id, 'settlement.done', 'settle', format('settlement %s', NEW.id),
        jsonb_build_object('event', (SELECT name FROM event WHERE organizer_id = NEW.organizer_id AND id = NEW.event_id), 'settlement', NEW.id,
            'lines', NEW.lines, 'settled_by', NEW.settled_by, 'net', (
                SELECT coalesce(string_agg(passa_amount_text(NEW.organizer_id, t.asset_id, t.net), ', ' ORDER BY t.asset_id), '')
                FROM (SELECT asset_id, sum(net) AS net FROM settlement_intake
                      WHERE organizer_id = NEW.organizer_id AND event_id = NEW.event_id AND settlement_id = NEW.id GROUP BY asset_id) t)));
    RETURN NULL;
END $$;
CREATE TRIGGER notice_of_settlement AFTER INSERT ON settlement FOR EACH ROW WHEN (NEW.lines > 0) EXECUTE FUNCTION passa_notice_of_settlement();

-- Payouts of a batch that are in one of these states: how many, and what they come to.
CREATE FUNCTION passa_batch_sum(batch payout_batch, states text[], OUT payouts bigint, OUT total text) LANGUAGE sql STABLE AS $$
    SELECT coalesce(sum(t.payouts), 0)::bigint, coalesce(string_agg(passa_amount_text(batch.organizer_id, t.asset_id, t.minor), ', ' ORDER BY t.asset_id), '')
    FROM (SELECT asset_id, count(*) AS payouts, sum(amount_minor) AS minor FROM payout
          WHERE organizer_id = batch.organizer_id AND batch_id = batch.id AND state = ANY (states) GROUP BY asset_id) t
$$;

-- At the end of the transaction that made it: its payouts are written behind it.
CREATE FUNCTION passa_notice_of_waiting_batch() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    batch payout_batch := (SELECT b FROM payout_batch b WHERE b.organizer_id = NEW.organizer_id AND b.id = NEW.id);
    asked record := passa_batch_sum(batch, '{planned,ready}');
BEGIN
    IF batch.state = 'awaiting_approval' THEN
        PERFORM passa_notice(batch.organizer_id, 'batch.waiting', 'payout', format('waiting %s', batch.id),
            jsonb_build_object('batch', batch.id, 'event', coalesce((SELECT name FROM event WHERE organizer_id = batch.organizer_id AND id = batch.event_id), ''),
                'treasury', (SELECT name FROM treasury WHERE organizer_id = batch.organizer_id AND id = batch.treasury_id), 'made_by', batch.made_by,
                'payouts', asked.payouts, 'total', asked.total, 'blocked', (passa_batch_sum(batch, '{blocked}')).payouts));
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER notice_of_waiting_batch AFTER INSERT ON payout_batch DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION passa_notice_of_waiting_batch();

CREATE FUNCTION passa_notice_of_done_batch() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    paid record := passa_batch_sum(NEW, '{confirmed,settled}');
BEGIN
    PERFORM passa_notice(NEW.organizer_id, 'batch.done', 'payout', format('batch %s %s', NEW.id, NEW.changed_at),
        jsonb_build_object('batch', NEW.id, 'event', coalesce((SELECT name FROM event WHERE organizer_id = NEW.organizer_id AND id = NEW.event_id), ''),
            'treasury', (SELECT name FROM treasury WHERE organizer_id = NEW.organizer_id AND id = NEW.treasury_id),
            'paid', paid.payouts, 'total', paid.total, 'not_paid', (passa_batch_sum(NEW, '{failed,returned,blocked,cancelled}')).payouts));
    RETURN NULL;
END $$;
CREATE TRIGGER notice_of_done_batch AFTER UPDATE OF state ON payout_batch FOR EACH ROW WHEN (NEW.state = 'drained' AND OLD.state <> 'drained')
    EXECUTE FUNCTION passa_notice_of_done_batch();

-- Attempts that the network may no longer take, since five minutes before `at`, and of whose payouts nobody knows the outcome. Once each.
CREATE FUNCTION passa_note_unknown_payouts(organizer uuid, at timestamptz) RETURNS void LANGUAGE sql AS $$
    SELECT passa_notice(organizer, 'payout.unknown', 'payout', format('unknown %s', a.id),
        jsonb_build_object('batch', a.batch_id, 'network', a.network, 'transaction', a.key, 'payouts', p.payouts, 'total', p.total,
            'valid_until', to_char(a.valid_until AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')))
    FROM payout_attempt a
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(t.payouts), 0)::bigint AS payouts, string_agg(passa_amount_text(organizer, t.asset_id, t.minor), ', ' ORDER BY t.asset_id) AS total
        FROM (SELECT o.asset_id, count(*) AS payouts, sum(o.amount_minor) AS minor
              FROM payout_attempt_line l
              JOIN payout o ON o.organizer_id = l.organizer_id AND o.id = l.payout_id
              WHERE l.organizer_id = organizer AND l.attempt_id = a.id AND l.live AND o.state IN ('sending', 'accepted', 'unknown')
              GROUP BY o.asset_id) t) p
    WHERE a.organizer_id = organizer AND a.state IN ('prepared', 'sent', 'unknown') AND a.valid_until < at - interval '5 minutes' AND p.payouts > 0
$$;
