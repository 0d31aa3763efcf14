-- The role that every command works as. Roles belong to the server, not to a database: a restored database may find none.
DO $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'passa_app') THEN
        CREATE ROLE passa_app NOLOGIN;
    END IF;
EXCEPTION
WHEN insufficient_privilege THEN
    RAISE EXCEPTION '% may not create the role passa_app', current_user USING ERRCODE = 'PA004';
WHEN duplicate_object THEN NULL; -- another database of this server was being migrated at the same moment
END $$;
DO $$
BEGIN
    -- From 16 on a member may not be allowed to take the role.
    IF NOT pg_has_role(current_user, 'passa_app', CASE WHEN current_setting('server_version_num')::integer < 160000 THEN 'MEMBER' ELSE 'SET' END) THEN
        EXECUTE format('GRANT passa_app TO %I', current_user);
    END IF;
EXCEPTION WHEN insufficient_privilege THEN
    RAISE EXCEPTION '% may not become passa_app, which another database of this server brought', current_user
        USING ERRCODE = 'PA004';
END $$;
