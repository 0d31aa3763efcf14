-- Words that nothing ever wrote. What a conversion leaves over stands on fx_rounding, and a split leaves nothing; one line and one
-- payout cannot be booked twice, and a payout is paid at the rate that was approved, so no break is about either.

ALTER TABLE account DROP CONSTRAINT account_kind_check;
ALTER TABLE account ADD CONSTRAINT account_kind_check CHECK (kind IN ('gateway_receivable', 'event_proceeds', 'tax_held',
    'platform_fee', 'payment_fee', 'party_payable', 'commission_payable', 'payout_clearing', 'treasury', 'network_fee', 'fx',
    'fx_rounding', 'expense', 'funding', 'suspense'));

ALTER TABLE recon_break DROP CONSTRAINT recon_break_type_check;
ALTER TABLE recon_break ADD CONSTRAINT recon_break_type_check CHECK (type IN ('MISSING_EXTERNAL', 'MISSING_INTERNAL', 'AMOUNT', 'FEE',
    'DUPLICATE_EXTERNAL', 'STATUS_CONFLICT', 'PARTY_MISMATCH', 'TIMING', 'BAD_REFERENCE', 'BALANCE_GAP', 'LATE_RETURN',
    'UNKNOWN_OUTCOME'));
