-- Whether a ping tells how a run ended by its exit status behind the address, as watchers of cron jobs take it, instead of by /fail.
ALTER TABLE notice_channel ADD COLUMN exit_status boolean NOT NULL DEFAULT false CHECK (NOT exit_status OR type = 'ping');
