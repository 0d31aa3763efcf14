-- The numbers that attempts of one account carried, asked for before each new one.
CREATE INDEX payout_attempt_number ON payout_attempt (organizer_id, source, sequence);
