-- $2 a campaign: its codes that are not in $3 credit no sale from $4 on. A window that was still to come is left with no room.
UPDATE promo_code SET valid_until = greatest($4, valid_from)
WHERE organizer_id = $1 AND campaign_id = $2 AND code <> ALL ($3::text[]) AND valid_until > $4
