-- The lines of a settlement as a Merkle tree (RFC 6962), whose root is kept: published, on paper or on a chain, it lets a payee check
-- his own line, by himself, against what everybody else was shown (lib/proof/line.hpp says what of a line is hashed).

CREATE TABLE settlement_root (
    organizer_id uuid NOT NULL,
    event_id uuid NOT NULL,
    settlement_id uuid NOT NULL,
    seed bytea NOT NULL CHECK (octet_length(seed) = 32), -- of the lines' salts: no more secret than the lines that stand beside it
    root bytea NOT NULL CHECK (octet_length(root) = 32),
    PRIMARY KEY (organizer_id, event_id, settlement_id),
    FOREIGN KEY (organizer_id, event_id, settlement_id) REFERENCES settlement (organizer_id, event_id, id)
);
SELECT passa_under_rls('settlement_root');
SELECT passa_append_only('settlement_root');

-- As people write ids: 26 digits of base 32, the first of them with the two bits that 128 do not fill.
CREATE FUNCTION passa_id_text(prefix text, id uuid) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT prefix || '_' || string_agg(substr('0123456789abcdefghjkmnpqrstvwxyz', substring(b.bits FROM 5 * n + 1 FOR 5)::bit(5)::integer + 1, 1), '' ORDER BY n)
    FROM (SELECT B'00' || ('x' || replace(id::text, '-', ''))::bit(128) AS bits) b, generate_series(0, 25) n
$$;

-- 32 bytes that nobody can guess: two random uuids hold 244 bits of the system's best source.
CREATE FUNCTION passa_fresh_seed() RETURNS bytea LANGUAGE sql VOLATILE AS $$
    SELECT uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())
$$;

-- The lines of one settlement in the order of their numbers, each as the text that is hashed. A line's salt is HMAC-SHA256 (RFC 2104) of
-- its number under the seed.
CREATE FUNCTION passa_settlement_lines(organizer uuid, event uuid, settlement uuid, seed bytea) RETURNS TABLE (number bigint, text text)
LANGUAGE plpgsql STABLE AS $$
DECLARE
    inner_key bytea := decode(repeat('36', 64), 'hex');
    outer_key bytea := decode(repeat('5c', 64), 'hex');
BEGIN
    FOR i IN 0 .. 31 LOOP
        inner_key := set_byte(inner_key, i, get_byte(inner_key, i) # get_byte(seed, i));
        outer_key := set_byte(outer_key, i, get_byte(outer_key, i) # get_byte(seed, i));
    END LOOP;
    RETURN QUERY
    SELECT l.at, '{"amount":"' || (l.delta || 'e-' || l.scale)::numeric || '","asset":' || to_json(l.asset_id) || ',"campaign":'
                 || coalesce(to_json(l.campaign)::text, 'null') || ',"event":' || to_json(l.event_name) || ',"kind":"' || l.kind || '","line":' || l.at
                 || ',"lines":' || l.lines || ',"party":' || to_json(l.party) || ',"plan":' || to_json(l.plan) || ',"salt":"'
                 || encode(sha256(outer_key || sha256(inner_key || convert_to(l.at::text, 'UTF8'))), 'hex')
                 || '","schema":"passa.settlement-line.v1","settlement":"' || passa_id_text('set', settlement) || '"}'
    FROM (
        SELECT row_number() OVER (ORDER BY n.asset_id COLLATE "C", n.plan COLLATE "C", n.kind = 'commission', n.party COLLATE "C",
                                           n.campaign COLLATE "C" NULLS FIRST) AS at,
               count(*) OVER () AS lines, n.*
        FROM (
            SELECT d.delta, d.asset_id, s.scale, d.kind, e.name AS event_name, p.name AS party, sp.name || ' v' || sv.version AS plan,
                   c.name || ' v' || cv.version AS campaign
            FROM settlement_due d
            JOIN asset s ON s.organizer_id = d.organizer_id AND s.id = d.asset_id
            JOIN event e ON e.organizer_id = d.organizer_id AND e.id = d.event_id
            JOIN party p ON p.organizer_id = d.organizer_id AND p.id = d.party_id
            JOIN split_plan_version sv ON sv.organizer_id = d.organizer_id AND sv.event_id = d.event_id AND sv.id = d.plan_version_id
            JOIN split_plan sp ON sp.organizer_id = sv.organizer_id AND sp.event_id = sv.event_id AND sp.id = sv.plan_id
            LEFT JOIN campaign_version cv ON cv.organizer_id = d.organizer_id AND cv.event_id = d.event_id AND cv.id = d.campaign_version_id
            LEFT JOIN campaign c ON c.organizer_id = cv.organizer_id AND c.event_id = cv.event_id AND c.id = cv.campaign_id
            WHERE d.organizer_id = organizer AND d.event_id = event AND d.settlement_id = settlement
        ) n
    ) l
    ORDER BY l.at;
END $$;

-- Pairs become nodes, and the one left over goes up as it is: RFC 6962's tree, level by level.
CREATE FUNCTION passa_settlement_root(organizer uuid, event uuid, settlement uuid, seed bytea) RETURNS bytea LANGUAGE plpgsql STABLE AS $$
DECLARE
    level bytea[];
BEGIN
    SELECT array_agg(sha256('\x00'::bytea || convert_to(l.text, 'UTF8')) ORDER BY l.number) INTO level
    FROM passa_settlement_lines(organizer, event, settlement, seed) l;
    IF level IS NULL THEN
        RETURN sha256(''::bytea); -- it posted nothing
    END IF;
    WHILE cardinality(level) > 1 LOOP
        SELECT array_agg(CASE WHEN p.pair[2] IS NULL THEN p.pair[1] ELSE sha256('\x01'::bytea || p.pair[1] || p.pair[2]) END ORDER BY p.at) INTO level
        FROM (SELECT (n + 1) / 2 AS at, array_agg(h ORDER BY n) AS pair FROM unnest(level) WITH ORDINALITY AS t (h, n) GROUP BY (n + 1) / 2) p;
    END LOOP;
    RETURN level[1];
END $$;

-- Settlements from before this have theirs from now on.
INSERT INTO settlement_root (organizer_id, event_id, settlement_id, seed, root)
SELECT t.organizer_id, t.event_id, t.id, f.seed, passa_settlement_root(t.organizer_id, t.event_id, t.id, f.seed)
FROM settlement t
CROSS JOIN LATERAL (SELECT passa_fresh_seed() AS seed WHERE t.id IS NOT NULL) f; -- one for each, not one for all
