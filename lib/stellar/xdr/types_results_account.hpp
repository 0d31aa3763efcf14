// Results of operations on accounts, trustlines, claimable balances and sponsorships.
// Source: Stellar-transaction.x.
#pragma once
#include "lib/stellar/xdr/types_basic.hpp"

namespace passa::stellar::xdr {

PASSA_XDR_ENUM(SetOptionsResultCode, "SET_OPTIONS_", success = 0, low_reserve = -1, too_many_signers = -2,
               bad_flags = -3, invalid_inflation = -4, cant_change = -5, unknown_flag = -6, threshold_out_of_range = -7,
               bad_signer = -8, invalid_home_domain = -9, auth_revocable_required = -10);

struct SetOptionsResult : Union<SetOptionsResultCode, VoidRest> {
    PASSA_XDR_UNION(SetOptionsResult)
};

PASSA_XDR_ENUM(ChangeTrustResultCode, "CHANGE_TRUST_", success = 0, malformed = -1, no_issuer = -2, invalid_limit = -3,
               low_reserve = -4, self_not_allowed = -5, trust_line_missing = -6, cannot_delete = -7,
               not_auth_maintain_liabilities = -8);

struct ChangeTrustResult : Union<ChangeTrustResultCode, VoidRest> {
    PASSA_XDR_UNION(ChangeTrustResult)
};

PASSA_XDR_ENUM(AllowTrustResultCode, "ALLOW_TRUST_", success = 0, malformed = -1, no_trust_line = -2,
               trust_not_required = -3, cant_revoke = -4, self_not_allowed = -5, low_reserve = -6);

struct AllowTrustResult : Union<AllowTrustResultCode, VoidRest> {
    PASSA_XDR_UNION(AllowTrustResult)
};

PASSA_XDR_ENUM(AccountMergeResultCode, "ACCOUNT_MERGE_", success = 0, malformed = -1, no_account = -2,
               immutable_set = -3, has_sub_entries = -4, seqnum_too_far = -5, dest_full = -6, is_sponsor = -7);

struct AccountMergeResult
    : Union<AccountMergeResultCode, VoidRest, Arm<AccountMergeResultCode::success, std::int64_t>> {
    PASSA_XDR_UNION(AccountMergeResult)
};

PASSA_XDR_ENUM(InflationResultCode, "INFLATION_", success = 0, not_time = -1);

struct InflationPayout {
    AccountId destination;
    std::int64_t amount{};
    PASSA_XDR(InflationPayout, destination, amount)
};

struct InflationResult : Union<InflationResultCode, Void<InflationResultCode::not_time>,
                               Arm<InflationResultCode::success, List<InflationPayout>>> {
    PASSA_XDR_UNION(InflationResult)
};

PASSA_XDR_ENUM(ManageDataResultCode, "MANAGE_DATA_", success = 0, not_supported_yet = -1, name_not_found = -2,
               low_reserve = -3, invalid_name = -4);

struct ManageDataResult : Union<ManageDataResultCode, VoidRest> {
    PASSA_XDR_UNION(ManageDataResult)
};

PASSA_XDR_ENUM(BumpSequenceResultCode, "BUMP_SEQUENCE_", success = 0, bad_seq = -1);

struct BumpSequenceResult
    : Union<BumpSequenceResultCode, Void<BumpSequenceResultCode::success, BumpSequenceResultCode::bad_seq>> {
    PASSA_XDR_UNION(BumpSequenceResult)
};

PASSA_XDR_ENUM(CreateClaimableBalanceResultCode, "CREATE_CLAIMABLE_BALANCE_", success = 0, malformed = -1,
               low_reserve = -2, no_trust = -3, not_authorized = -4, underfunded = -5);

struct CreateClaimableBalanceResult : Union<CreateClaimableBalanceResultCode, VoidRest,
                                            Arm<CreateClaimableBalanceResultCode::success, ClaimableBalanceId>> {
    PASSA_XDR_UNION(CreateClaimableBalanceResult)
};

PASSA_XDR_ENUM(ClaimClaimableBalanceResultCode, "CLAIM_CLAIMABLE_BALANCE_", success = 0, does_not_exist = -1,
               cannot_claim = -2, line_full = -3, no_trust = -4, not_authorized = -5, trustline_frozen = -6);

struct ClaimClaimableBalanceResult : Union<ClaimClaimableBalanceResultCode, VoidRest> {
    PASSA_XDR_UNION(ClaimClaimableBalanceResult)
};

PASSA_XDR_ENUM(BeginSponsoringFutureReservesResultCode, "BEGIN_SPONSORING_FUTURE_RESERVES_", success = 0,
               malformed = -1, already_sponsored = -2, recursive = -3);

struct BeginSponsoringFutureReservesResult : Union<BeginSponsoringFutureReservesResultCode, VoidRest> {
    PASSA_XDR_UNION(BeginSponsoringFutureReservesResult)
};

PASSA_XDR_ENUM(EndSponsoringFutureReservesResultCode, "END_SPONSORING_FUTURE_RESERVES_", success = 0,
               not_sponsored = -1);

struct EndSponsoringFutureReservesResult
    : Union<EndSponsoringFutureReservesResultCode, Void<EndSponsoringFutureReservesResultCode::success,
                                                        EndSponsoringFutureReservesResultCode::not_sponsored>> {
    PASSA_XDR_UNION(EndSponsoringFutureReservesResult)
};

PASSA_XDR_ENUM(RevokeSponsorshipResultCode, "REVOKE_SPONSORSHIP_", success = 0, does_not_exist = -1, not_sponsor = -2,
               low_reserve = -3, only_transferable = -4, malformed = -5);

struct RevokeSponsorshipResult : Union<RevokeSponsorshipResultCode, VoidRest> {
    PASSA_XDR_UNION(RevokeSponsorshipResult)
};

PASSA_XDR_ENUM(ClawbackResultCode, "CLAWBACK_", success = 0, malformed = -1, not_clawback_enabled = -2, no_trust = -3,
               underfunded = -4);

struct ClawbackResult : Union<ClawbackResultCode, VoidRest> {
    PASSA_XDR_UNION(ClawbackResult)
};

PASSA_XDR_ENUM(ClawbackClaimableBalanceResultCode, "CLAWBACK_CLAIMABLE_BALANCE_", success = 0, does_not_exist = -1,
               not_issuer = -2, not_clawback_enabled = -3);

struct ClawbackClaimableBalanceResult : Union<ClawbackClaimableBalanceResultCode, VoidRest> {
    PASSA_XDR_UNION(ClawbackClaimableBalanceResult)
};

PASSA_XDR_ENUM(SetTrustLineFlagsResultCode, "SET_TRUST_LINE_FLAGS_", success = 0, malformed = -1, no_trust_line = -2,
               cant_revoke = -3, invalid_state = -4, low_reserve = -5);

struct SetTrustLineFlagsResult : Union<SetTrustLineFlagsResultCode, VoidRest> {
    PASSA_XDR_UNION(SetTrustLineFlagsResult)
};

} // namespace passa::stellar::xdr
