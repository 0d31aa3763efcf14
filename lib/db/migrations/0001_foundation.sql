-- Organizers, and the two laws that later tables are put under. Whoever migrates owns everything; sessions work as passa_app
-- (role.sql), which owns nothing, so row-level security and append-only hold for every command.

GRANT USAGE ON SCHEMA public TO passa_app;

-- The organizer of this transaction; nothing set is an error, never "all of them".
CREATE FUNCTION passa_organizer() RETURNS uuid LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    IF coalesce(current_setting('passa.organizer', true), '') = '' THEN
        RAISE EXCEPTION 'no organizer is chosen for this transaction' USING ERRCODE = 'PA003';
    END IF;
    RETURN current_setting('passa.organizer')::uuid;
END $$;

CREATE FUNCTION passa_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are never changed or deleted', TG_TABLE_NAME USING ERRCODE = 'PA002';
END $$;

-- Only rows of the transaction's organizer exist for passa_app.
CREATE FUNCTION passa_under_rls(table_name regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', table_name);
    EXECUTE format('CREATE POLICY one_organizer ON %s USING (organizer_id = (SELECT passa_organizer())) '
                   'WITH CHECK (organizer_id = (SELECT passa_organizer()))', table_name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO passa_app', table_name);
END $$;

-- Rows are added and read. The grant goes, and a trigger stops even the owner.
CREATE FUNCTION passa_append_only(table_name regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %s FROM passa_app', table_name);
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %s '
                   'FOR EACH STATEMENT EXECUTE FUNCTION passa_refuse_change()', table_name);
END $$;

-- Rows are added and changed, never taken away.
CREATE FUNCTION passa_never_deleted(table_name regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('REVOKE DELETE, TRUNCATE ON %s FROM passa_app', table_name);
    EXECUTE format('CREATE TRIGGER never_deleted BEFORE DELETE OR TRUNCATE ON %s '
                   'FOR EACH STATEMENT EXECUTE FUNCTION passa_refuse_change()', table_name);
END $$;

-- Names are found before an organizer is chosen, so this one table is readable without a scope; it holds nothing private.
CREATE TABLE organizer (
    id uuid PRIMARY KEY,
    name text NOT NULL UNIQUE,
    title text NOT NULL,
    zone text NOT NULL,
    created_at timestamptz NOT NULL
);
GRANT SELECT, INSERT, UPDATE ON organizer TO passa_app;
ALTER TABLE organizer ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_all ON organizer FOR SELECT USING (true);
CREATE POLICY add ON organizer FOR INSERT WITH CHECK (true);
CREATE POLICY change_own ON organizer FOR UPDATE USING (id = (SELECT passa_organizer()));

-- Who did what, where no other row would say it. The view audit_trail (0012) shows these beside all that other rows tell.
CREATE TABLE audit (
    organizer_id uuid NOT NULL REFERENCES organizer (id),
    id uuid NOT NULL,
    at timestamptz NOT NULL,
    actor text NOT NULL,
    action text NOT NULL,
    subject text NOT NULL,
    details text NOT NULL,
    PRIMARY KEY (organizer_id, id)
);
SELECT passa_under_rls('audit');
SELECT passa_append_only('audit');
