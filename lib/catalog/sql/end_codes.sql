-- $2 a campaign: its codes that are not in $3 credit no sale from $4 on.
UPDATE promo_code SET valid_until = $4
WHERE organizer_id = $1 AND campaign_id = $2 AND code <> ALL ($3::text[]) AND valid_until > $4
