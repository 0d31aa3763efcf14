-- A declared job that pays names the network that money may move on: whoever applied it agreed to that.
ALTER TABLE job_declared ADD COLUMN network text CHECK ((job IN ('payout', 'contract-keep')) = (network IS NOT NULL));
