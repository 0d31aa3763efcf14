-- Sales of this import, not refused, from before their tier's sale begins or after it ends.
SELECT count(*) AS sales FROM sale_staging s
JOIN tier t ON t.organizer_id = $1 AND t.event_id = $2 AND t.id = s.tier_id
WHERE s.role = 's' AND (s.at < t.sale_from OR s.at >= t.sale_until)
  AND NOT EXISTS (SELECT 1 FROM sale_refused r WHERE r.block = s.block AND r.source = s.source AND r.order_ref = s.order_ref)
