-- $1 organizer, $2 break: its history.
SELECT action, actor, reason, run_id, journal_id, moved_at FROM recon_break_move WHERE organizer_id = $1 AND break_id = $2 ORDER BY seq
