-- $1 organizer, $2 event: versions of split plans whose money a contract pays out.
SELECT v.id
FROM split_plan_version v
WHERE v.organizer_id = $1 AND v.event_id = $2 AND v.contract IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM escrow_release r WHERE r.organizer_id = v.organizer_id AND r.plan_id = v.plan_id AND r.approved_at IS NOT NULL)
