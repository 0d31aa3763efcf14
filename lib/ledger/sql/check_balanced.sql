-- Every journal entry sums to zero per asset.
SELECT journal_id, asset_id, sum(amount) AS off FROM posting GROUP BY journal_id, asset_id HAVING sum(amount) <> 0
