-- Every posting is in the asset of its account.
SELECT o.journal_id, o.pos FROM posting o JOIN account a ON a.organizer_id = o.organizer_id AND a.id = o.account_id WHERE a.asset_id <> o.asset_id
