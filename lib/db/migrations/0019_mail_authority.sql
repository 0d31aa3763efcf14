-- Whose signature a mail server's certificate needs, where the machine does not know it: the name of a file, as of the credential.
ALTER TABLE notice_channel ADD COLUMN ca_file text CHECK (ca_file IS NULL OR type = 'email');
