-- Tiers of version $4 of plan $3 that another plan serves at a time when that version is in force; no tier: the default.
SELECT p.name AS plan, t.name AS tier
FROM tier_plan mine
JOIN plan_period m ON m.organizer_id = mine.organizer_id AND m.plan_version_id = mine.plan_version_id
JOIN tier_plan theirs ON theirs.organizer_id = mine.organizer_id AND theirs.event_id = mine.event_id AND theirs.tier_id IS NOT DISTINCT FROM mine.tier_id
JOIN plan_period q ON q.organizer_id = mine.organizer_id AND q.plan_version_id = theirs.plan_version_id AND q.plan_id <> $3
JOIN split_plan p ON p.organizer_id = q.organizer_id AND p.event_id = q.event_id AND p.id = q.plan_id
LEFT JOIN tier t ON t.organizer_id = mine.organizer_id AND t.event_id = mine.event_id AND t.id = mine.tier_id
WHERE mine.organizer_id = $1 AND mine.event_id = $2 AND mine.plan_version_id = $4 AND q.until_at > m.from_at AND q.from_at < m.until_at
ORDER BY t.name
