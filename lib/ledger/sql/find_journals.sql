-- Which of the causes $3 have posted an entry of kind $2 under key $4.
SELECT cause_id FROM journal WHERE organizer_id = $1 AND kind = $2 AND cause_id = ANY ($3::uuid[]) AND cause_key = $4
