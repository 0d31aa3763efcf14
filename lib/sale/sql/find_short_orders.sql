-- Orders whose reference is $2 in another case, or ends with it behind a slash, as those of profiles with an order-prefix do.
SELECT DISTINCT order_ref FROM sale_line
WHERE organizer_id = $1 AND seq = 0 AND (lower(order_ref) = lower($2::text) OR right(lower(order_ref), length($2::text) + 1) = '/' || lower($2::text))
ORDER BY order_ref LIMIT 10
