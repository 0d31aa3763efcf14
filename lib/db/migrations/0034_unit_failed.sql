-- What systemd saw fail and passa itself could not tell: a unit that was killed, ran out of time or never came to begin a run.
ALTER TABLE notice_outbox DROP CONSTRAINT notice_outbox_kind_check;
ALTER TABLE notice_outbox ADD CONSTRAINT notice_outbox_kind_check CHECK (kind IN ('run.started', 'run.done', 'run.partial', 'run.failed', 'run.alarm',
    'break.opened', 'settlement.done', 'batch.waiting', 'batch.done', 'payout.unknown', 'unit.failed', 'test'));

CREATE OR REPLACE FUNCTION passa_told_by_default(type text) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE type
        WHEN 'ping' THEN '{run.done,run.partial,run.failed,run.alarm}'::text[]
        ELSE '{run.partial,run.failed,run.alarm,break.opened,batch.waiting,payout.unknown,unit.failed}'::text[] END
$$;
