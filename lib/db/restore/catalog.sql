-- Everything of this database that is not PostgreSQL's own, one line a thing, with what it does and who may use it: two databases
-- with the same lines behave alike. Owners are left out. Run with an empty search_path: names are whole, and no foreign
-- operator or function stands in the way of these.
WITH mine AS (SELECT oid, nspname, nspowner, nspacl FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'),
relation AS (SELECT c.* FROM pg_class c WHERE c.relnamespace IN (SELECT oid FROM mine)),
routine AS (SELECT p.* FROM pg_proc p WHERE p.pronamespace IN (SELECT oid FROM mine)),
thing (classid, oid) AS ( -- what users make has an oid from here on
    SELECT 'pg_namespace'::regclass, oid FROM pg_namespace WHERE nspname !~ '^pg_(toast_)?temp_'
    UNION ALL SELECT 'pg_class'::regclass, oid FROM pg_class WHERE relnamespace <> 'pg_toast'::regnamespace
    UNION ALL SELECT 'pg_type'::regclass, oid FROM pg_type WHERE typnamespace <> 'pg_toast'::regnamespace AND typrelid = 0 AND typelem = 0
    UNION ALL SELECT 'pg_trigger'::regclass, oid FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT 'pg_constraint'::regclass, oid FROM pg_constraint
    UNION ALL SELECT 'pg_proc'::regclass, oid FROM pg_proc
    UNION ALL SELECT 'pg_rewrite'::regclass, oid FROM pg_rewrite WHERE rulename <> '_RETURN'
    UNION ALL SELECT 'pg_policy'::regclass, oid FROM pg_policy
    UNION ALL SELECT 'pg_attrdef'::regclass, oid FROM pg_attrdef
    UNION ALL SELECT 'pg_event_trigger'::regclass, oid FROM pg_event_trigger
    UNION ALL SELECT 'pg_extension'::regclass, oid FROM pg_extension
    UNION ALL SELECT 'pg_language'::regclass, oid FROM pg_language
    UNION ALL SELECT 'pg_cast'::regclass, oid FROM pg_cast
    UNION ALL SELECT 'pg_operator'::regclass, oid FROM pg_operator
    UNION ALL SELECT 'pg_opclass'::regclass, oid FROM pg_opclass
    UNION ALL SELECT 'pg_opfamily'::regclass, oid FROM pg_opfamily
    UNION ALL SELECT 'pg_am'::regclass, oid FROM pg_am
    UNION ALL SELECT 'pg_collation'::regclass, oid FROM pg_collation
    UNION ALL SELECT 'pg_conversion'::regclass, oid FROM pg_conversion
    UNION ALL SELECT 'pg_transform'::regclass, oid FROM pg_transform
    UNION ALL SELECT 'pg_ts_config'::regclass, oid FROM pg_ts_config
    UNION ALL SELECT 'pg_ts_dict'::regclass, oid FROM pg_ts_dict
    UNION ALL SELECT 'pg_ts_parser'::regclass, oid FROM pg_ts_parser
    UNION ALL SELECT 'pg_ts_template'::regclass, oid FROM pg_ts_template
    UNION ALL SELECT 'pg_statistic_ext'::regclass, oid FROM pg_statistic_ext
    UNION ALL SELECT 'pg_publication'::regclass, oid FROM pg_publication
    UNION ALL SELECT 'pg_foreign_data_wrapper'::regclass, oid FROM pg_foreign_data_wrapper
    UNION ALL SELECT 'pg_foreign_server'::regclass, oid FROM pg_foreign_server
    UNION ALL SELECT 'pg_default_acl'::regclass, oid FROM pg_default_acl
    UNION ALL SELECT 'pg_largeobject'::regclass, oid FROM pg_largeobject_metadata
),
grants (thing, owner, acl) AS (
    SELECT 'schema ' || nspname, nspowner, coalesce(nspacl, acldefault('n', nspowner)) FROM mine
    UNION ALL SELECT 'relation ' || oid::regclass, relowner, coalesce(relacl, acldefault(CASE relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", relowner)) FROM relation
    UNION ALL SELECT format('column %s.%I', r.oid::regclass, a.attname), r.relowner, a.attacl FROM pg_attribute a JOIN relation r ON r.oid = a.attrelid WHERE a.attacl IS NOT NULL
    UNION ALL SELECT 'function ' || oid::regprocedure, proowner, coalesce(proacl, acldefault('f', proowner)) FROM routine
    UNION ALL SELECT 'type ' || oid::regtype, typowner, coalesce(typacl, acldefault('T', typowner)) FROM pg_type WHERE typnamespace IN (SELECT oid FROM mine) AND typelem = 0
),
line (line) AS (
    SELECT pg_describe_object(classid, oid, 0) FROM thing WHERE oid >= 16384
    UNION ALL SELECT format('relation %s: %s %s %s %s %s %s', oid::regclass, relkind, relpersistence, relrowsecurity, relforcerowsecurity, relreplident, reloptions) FROM relation
    UNION ALL SELECT format('view %s: %s', oid::regclass, pg_get_viewdef(oid)) FROM relation WHERE relkind IN ('v', 'm')
    UNION ALL SELECT format('sequence %s: %s', s.seqrelid::regclass, to_jsonb(s) - 'seqrelid') FROM pg_sequence s JOIN relation r ON r.oid = s.seqrelid
    UNION ALL SELECT format('column %s: %s. %I %s %s %s %s %s %s', a.attrelid::regclass, row_number() OVER (PARTITION BY a.attrelid ORDER BY a.attnum),
                            a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_get_expr(d.adbin, d.adrelid), a.attidentity, a.attgenerated,
                            a.attcollation::regcollation)
    FROM pg_attribute a JOIN relation r ON r.oid = a.attrelid LEFT JOIN pg_attrdef d ON (d.adrelid, d.adnum) = (a.attrelid, a.attnum)
    WHERE a.attnum > 0 AND NOT a.attisdropped
    UNION ALL SELECT format('constraint %I of %s: %s %s', conname, nullif(conrelid, 0)::regclass, pg_get_constraintdef(oid), convalidated) FROM pg_constraint WHERE connamespace IN (SELECT oid FROM mine)
    UNION ALL SELECT format('index %s: %s %s', indexrelid::regclass, pg_get_indexdef(indexrelid), indisvalid) FROM pg_index JOIN relation r ON r.oid = indexrelid
    UNION ALL SELECT format('trigger: %s %s', pg_get_triggerdef(oid), tgenabled) FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT format('built-in trigger of %s: %s', tgrelid::regclass, tgenabled) FROM pg_trigger WHERE tgisinternal AND tgenabled <> 'O'
    UNION ALL SELECT format('function %s: %s', oid::regprocedure, CASE WHEN prokind IN ('f', 'p') THEN pg_get_functiondef(oid) ELSE prosrc END) FROM routine
    UNION ALL SELECT format('rule: %s %s', pg_get_ruledef(oid), ev_enabled) FROM pg_rewrite WHERE rulename <> '_RETURN' AND ev_class IN (SELECT oid FROM relation)
    UNION ALL SELECT format('policy %I of %s: %s %s %s using %s check %s', polname, polrelid::regclass, polcmd, polpermissive, polroles::regrole[],
                            pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)) FROM pg_policy
    UNION ALL SELECT format('type %s: %s %s %s', t.oid::regtype, t.typtype, format_type(nullif(t.typbasetype, 0), t.typtypmod),
                            (SELECT array_agg(e.enumlabel ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid))
    FROM pg_type t WHERE t.typnamespace IN (SELECT oid FROM mine)
    UNION ALL SELECT format('%s inherits %s', inhrelid::regclass, inhparent::regclass) FROM pg_inherits
    UNION ALL SELECT format('grant of %s on %s to %s, grantable %s', g.privilege_type, grants.thing, CASE g.grantee WHEN 0 THEN 'everybody' ELSE g.grantee::regrole::text END, g.is_grantable)
    FROM grants, aclexplode(grants.acl) g WHERE g.grantee <> grants.owner AND g.grantee::regrole::text <> 'passa_restoring'
)
SELECT DISTINCT line FROM line ORDER BY line
