-- What was restored becomes ours; from here on it is these books.
DO $$
BEGIN
    EXECUTE format('REASSIGN OWNED BY passa_restoring TO %I', current_user);
END $$;
