-- Payouts under way, by state: what somebody who watches asks for every two seconds, however many were paid before.
CREATE INDEX payout_open ON payout (organizer_id, state, asset_id) INCLUDE (event_id, amount_minor, changed_at)
    WHERE state NOT IN ('settled', 'failed', 'returned', 'cancelled');
