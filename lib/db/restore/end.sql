-- What the role still owns here goes, and the role, if no other database is being restored into.
DO $$
BEGIN
    DROP OWNED BY passa_restoring CASCADE;
    IF NOT EXISTS (SELECT 1 FROM pg_shdepend WHERE refclassid = 'pg_authid'::regclass AND refobjid = 'passa_restoring'::regrole) THEN
        DROP ROLE passa_restoring;
    END IF;
END $$;
