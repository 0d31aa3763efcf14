-- What was sent about contracts is an act like every other: shown in the trail, and sealed with it. The view stays what it was, with one
-- part more.
DO $do$
BEGIN
    EXECUTE 'CREATE OR REPLACE VIEW audit_trail WITH (security_invoker = true) AS '
        || rtrim(pg_get_viewdef('audit_trail'::regclass), ';')
        || $part$
UNION ALL
SELECT organizer_id, made_at, actor, CASE purpose WHEN 'invoke' THEN 'called' ELSE purpose || CASE right(purpose, 1) WHEN 'e' THEN 'd' ELSE 'ed' END END,
       'contract ' || contract, NULL::uuid, words || ', on ' || network || ' in ' || key, 'passa contract', sha256(payload), 'call/' || id
FROM contract_call$part$;
END $do$;
