-- Writes the notices of payouts that are unknown though their time was over at $2: no row changes when time passes.
SELECT passa_note_unknown_payouts($1, $2)
