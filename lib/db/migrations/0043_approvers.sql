-- How many people must agree to a batch, by what it comes to, and who may.
ALTER TABLE payout_policy ADD COLUMN approvers text[] NOT NULL DEFAULT '{}'; -- empty: anybody but the maker

CREATE TABLE payout_approval_tier (
    organizer_id uuid NOT NULL,
    policy_id uuid NOT NULL,
    asset_id text NOT NULL,
    from_minor numeric(39, 0) NOT NULL CHECK (from_minor >= 0), -- batches of so much of the asset, and more
    persons smallint NOT NULL CHECK (persons BETWEEN 1 AND 9),
    PRIMARY KEY (organizer_id, policy_id, asset_id, from_minor),
    FOREIGN KEY (organizer_id, policy_id) REFERENCES payout_policy (organizer_id, id)
);
SELECT passa_under_rls('payout_approval_tier');
SELECT passa_append_only('payout_approval_tier');

-- Both are sealed beside the policy that they belong to.
DO $do$
BEGIN
    EXECUTE 'CREATE OR REPLACE VIEW audit_fact WITH (security_invoker = true) AS '
        || rtrim(pg_get_viewdef('audit_fact'::regclass), ';')
        || $part$
UNION ALL
SELECT y.organizer_id, 'approvers/' || y.id, y.created_at,
       jsonb_build_object('key', 'approvers/' || y.id, 'at', y.created_at, 'action', 'ruled', 'subject', 'PayoutPolicy ' || y.name,
                          'version', y.version, 'approvers', to_jsonb(y.approvers),
                          'tiers', (SELECT jsonb_agg(jsonb_build_array(t.asset_id, t.from_minor::text, t.persons) ORDER BY t.asset_id, t.from_minor)
                                    FROM payout_approval_tier t WHERE t.organizer_id = y.organizer_id AND t.policy_id = y.id))
FROM payout_policy y
WHERE y.approvers <> '{}' OR EXISTS (SELECT 1 FROM payout_approval_tier t WHERE t.organizer_id = y.organizer_id AND t.policy_id = y.id)$part$;
END $do$;
