-- A channel whose manifest names nothing to tell is told what needs a person, as this release sees it. Until now its row kept the list of
-- the release that it was declared under: channels from before 0018 never heard of batches that wait and of payouts that stay unknown. Now an
-- empty list stands for the default, which is looked up when something happens.
CREATE FUNCTION passa_told_by_default(type text) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE type
        WHEN 'ping' THEN '{run.done,run.partial,run.failed,run.alarm}'::text[]
        ELSE '{run.partial,run.failed,run.alarm,break.opened,batch.waiting,payout.unknown}'::text[] END
$$;

CREATE OR REPLACE FUNCTION passa_notice(organizer uuid, what text, job_name text, fact_key text, facts jsonb) RETURNS void LANGUAGE sql AS $$
    INSERT INTO notice_outbox (organizer_id, id, channel, kind, dedupe_key, payload)
    SELECT organizer, gen_random_uuid(), c.name, what, fact_key, facts
    FROM notice_channel c
    WHERE c.organizer_id = organizer AND what = ANY (CASE WHEN c.kinds = '{}' THEN passa_told_by_default(c.type) ELSE c.kinds END)
        AND (c.jobs = '{}' OR job_name = ANY (c.jobs))
    ON CONFLICT (organizer_id, channel, dedupe_key) DO NOTHING
$$;

UPDATE notice_channel c SET kinds = '{}'
FROM object o
WHERE o.organizer_id = c.organizer_id AND o.kind = 'NoticeChannel' AND o.name = c.name AND coalesce(o.spec -> 'tell', '[]') = '[]';
