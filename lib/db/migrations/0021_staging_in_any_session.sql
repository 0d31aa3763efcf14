-- A session may import after a reconciliation: temp_buffers can only be set before a session's first temporary table, and an import
-- works without it, only slower.
CREATE OR REPLACE FUNCTION passa_make_staging(blocks integer) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('temp_buffers') <> '64MB' THEN
        BEGIN
            PERFORM set_config('temp_buffers', '64MB', false);
        EXCEPTION WHEN invalid_parameter_value THEN NULL;
        END;
    END IF;
    IF to_regclass('pg_temp.sale_staging') IS NOT NULL THEN
        DROP TABLE pg_temp.sale_staging, pg_temp.sale_refused, pg_temp.sale_refused_row;
    END IF;
    CREATE TEMPORARY TABLE sale_staging (LIKE public.sale_staging) PARTITION BY LIST (block);
    FOR b IN 0 .. blocks - 1 LOOP
        EXECUTE format('CREATE TEMPORARY TABLE sale_staging_%s PARTITION OF pg_temp.sale_staging FOR VALUES IN (%s)', b, b);
    END LOOP;
    CREATE TEMPORARY TABLE sale_refused (LIKE public.sale_refused);
    CREATE TEMPORARY TABLE sale_refused_row (LIKE public.sale_refused_row INCLUDING INDEXES);
END $$;
