-- Every view as pg_dump would write it: PostgreSQL reads its own words a little differently (NULL::uuid becomes NULL::uuid AS uuid),
-- so a restored view is not told in the words of a migrated one; the second time nothing changes any more.
DO $$
DECLARE
    one record;
BEGIN
    SET LOCAL search_path = '';
    FOR one IN SELECT oid::regclass AS name, pg_get_viewdef(oid) AS text, array_to_string(reloptions, ', ') AS options
               FROM pg_class WHERE relkind = 'v' AND relnamespace = 'public'::regnamespace
    LOOP
        EXECUTE format('CREATE OR REPLACE VIEW %s %s AS %s', one.name, 'WITH (' || one.options || ')', one.text);
    END LOOP;
END $$;
