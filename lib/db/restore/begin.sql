-- A role of no rights for what pg_restore runs, which is whatever the file says: it may make things in this database's schema
-- public and nothing else. What it still owns here is of a restore that was cut off. Its password: passa.restoring.
DO $$
BEGIN
    IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'passa_restoring') THEN
        DROP OWNED BY passa_restoring CASCADE;
    ELSE
        CREATE ROLE passa_restoring NOINHERIT;
    END IF;
    IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'passa_restoring'
                 AND (rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls))
       OR EXISTS (SELECT 1 FROM pg_auth_members WHERE member = 'passa_restoring'::regrole) THEN
        RAISE EXCEPTION 'the role passa_restoring has rights that it must not have' USING ERRCODE = 'PA005';
    END IF;
    EXECUTE format('ALTER ROLE passa_restoring LOGIN PASSWORD %L', current_setting('passa.restoring'));
    IF NOT pg_has_role(current_user, 'passa_restoring', 'MEMBER') THEN
        EXECUTE format('GRANT passa_restoring TO %I', current_user);
    END IF;
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO passa_restoring', current_database());
    GRANT CREATE, USAGE ON SCHEMA public TO passa_restoring;
    GRANT USAGE ON SCHEMA public TO passa_app; -- which a plain role cannot pass on
EXCEPTION WHEN insufficient_privilege THEN
    RAISE EXCEPTION '% may not create the role passa_restoring', current_user USING ERRCODE = 'PA005';
END $$;
