// Keys, hashes and signatures: what every other XDR type is made of.
// Source: Stellar-types.x, and CryptoKeyType and its like from Stellar-ledger-entries.x.
#pragma once
#include "lib/stellar/xdr/containers.hpp"
#include "lib/stellar/xdr/union.hpp"

#include <optional>

namespace passa::stellar::xdr {

using Hash = Hash256;
using Uint256 = FixedBytes<32>;

PASSA_XDR_ENUM(PublicKeyType, "", public_key_type_ed25519 = 0);
PASSA_XDR_ENUM(ClaimableBalanceIdType, "", claimable_balance_id_type_v0 = 0);

struct AccountId { // AccountID, NodeID, PublicKey: a union with one case so far
    static constexpr std::int32_t k_tag = 0;
    Uint256 ed25519{};
    PASSA_XDR(AccountId, ed25519)
};

struct ClaimableBalanceId { // ClaimableBalanceID: a union with one case so far
    static constexpr std::int32_t k_tag = 0;
    Hash hash{};
    PASSA_XDR(ClaimableBalanceId, hash)
};

struct PoolId { // PoolID
    Hash hash{};
    PASSA_XDR(PoolId, hash)
};

struct ContractId { // ContractID
    Hash hash{};
    PASSA_XDR(ContractId, hash)
};

PASSA_XDR_ENUM(CryptoKeyType, "KEY_TYPE_", ed25519 = 0, pre_auth_tx = 1, hash_x = 2, ed25519_signed_payload = 3,
               muxed_ed25519 = 256);
PASSA_XDR_ENUM(SignerKeyType, "SIGNER_KEY_TYPE_", ed25519 = 0, pre_auth_tx = 1, hash_x = 2, ed25519_signed_payload = 3);

struct SignerKeyEd25519SignedPayload {
    Uint256 ed25519{};
    Opaque<64> payload;
    PASSA_XDR(SignerKeyEd25519SignedPayload, ed25519, payload)
};

struct SignerKey : Union<SignerKeyType, Void<>, Arm<SignerKeyType::ed25519, Uint256>,
                         Arm<SignerKeyType::pre_auth_tx, Uint256>, Arm<SignerKeyType::hash_x, Uint256>,
                         Arm<SignerKeyType::ed25519_signed_payload, SignerKeyEd25519SignedPayload>> {
    PASSA_XDR_UNION(SignerKey)
};

using Signature = Opaque<64>;
using SignatureHint = FixedBytes<4>;

struct DecoratedSignature {
    SignatureHint hint{};
    Signature signature;
    PASSA_XDR(DecoratedSignature, hint, signature)
};

struct ExtensionPoint : Union<std::int32_t, Void<0>> {
    PASSA_XDR_UNION(ExtensionPoint)
};

using TimePoint = std::uint64_t;
using SequenceNumber = std::int64_t;

struct MuxedAccountMed25519 {
    std::uint64_t id{};
    Uint256 ed25519{};
    PASSA_XDR(MuxedAccountMed25519, id, ed25519)
};

struct MuxedAccount : Union<CryptoKeyType, Void<>, Arm<CryptoKeyType::ed25519, Uint256>,
                            Arm<CryptoKeyType::muxed_ed25519, MuxedAccountMed25519>> {
    PASSA_XDR_UNION(MuxedAccount)
};

struct MuxedEd25519Account {
    std::uint64_t id{};
    Uint256 ed25519{};
    PASSA_XDR(MuxedEd25519Account, id, ed25519)
};

} // namespace passa::stellar::xdr
