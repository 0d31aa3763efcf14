-- $1 organizer, $2 run: how many lines each rule explained.
SELECT rule, count(*) AS lines FROM recon_match WHERE organizer_id = $1 AND run_id = $2 GROUP BY rule ORDER BY rule
