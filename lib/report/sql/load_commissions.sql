-- $1 organizer, $2 event, $3 asset: per campaign version and creator what settled sales brought (net of tax and fees), what of it
-- counts for commissions, and what was posted. Taken back is what whole settlements took: one that moves a commission from plan to
-- plan takes nothing.
SELECT c.name AS campaign, v.version, v.rate_ppm, v.cap_minor, p.name AS creator, p.title,
       coalesce((SELECT string_agg(DISTINCT k.code, ', ' ORDER BY k.code) FROM promo_code k
                 WHERE k.organizer_id = $1 AND k.event_id = $2 AND k.campaign_id = c.id AND k.creator_id = p.id), '') AS codes,
       b.tickets, b.sold, b.eligible, coalesce(d.posted, 0) AS posted, coalesce(d.taken_back, 0) AS taken_back
FROM (SELECT l.campaign_version_id, l.creator_id, sum(l.quantity) AS tickets,
             coalesce(sum(l.net) FILTER (WHERE l.kind NOT IN ('refund', 'cancellation', 'chargeback')), 0) AS sold,
             (SELECT sum(i.eligible) FROM settlement_intake i
              WHERE i.organizer_id = $1 AND i.event_id = $2 AND i.asset_id = $3
                AND i.campaign_version_id = l.campaign_version_id AND i.creator_id = l.creator_id) AS eligible
      FROM sale_line l
      JOIN settlement_line m ON m.organizer_id = l.organizer_id AND m.event_id = l.event_id AND m.line_id = l.id
      WHERE l.organizer_id = $1 AND l.event_id = $2 AND l.asset_id = $3 AND l.campaign_version_id IS NOT NULL AND l.creator_id IS NOT NULL
      GROUP BY l.campaign_version_id, l.creator_id) b
JOIN campaign_version v ON v.organizer_id = $1 AND v.event_id = $2 AND v.id = b.campaign_version_id
JOIN campaign c ON c.organizer_id = $1 AND c.event_id = $2 AND c.id = v.campaign_id
JOIN party p ON p.organizer_id = $1 AND p.id = b.creator_id
LEFT JOIN LATERAL (
    SELECT sum(x.delta) AS posted, sum(x.delta) FILTER (WHERE x.delta < 0) AS taken_back
    FROM (SELECT sum(delta) AS delta FROM settlement_due
          WHERE organizer_id = $1 AND event_id = $2 AND asset_id = $3 AND kind = 'commission'
            AND campaign_version_id = v.id AND party_id = p.id
          GROUP BY settlement_id) x) d ON true
ORDER BY c.name, v.version, coalesce(d.posted, 0) DESC, p.name
