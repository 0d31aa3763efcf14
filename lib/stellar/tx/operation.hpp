// The operations that passa sends, made from plain values. Amounts are stroops: 10^-7 of an asset's unit.
#pragma once
#include "lib/stellar/xdr/types_operation.hpp"

namespace passa::stellar::tx {

struct Payment {
    xdr::MuxedAccount destination;
    xdr::Asset asset;
    std::int64_t stroops = 0;
    std::optional<xdr::MuxedAccount> source = {}; // empty: the transaction's source
};
xdr::Operation make_payment(const Payment& payment);
std::vector<xdr::Operation> make_payments(std::span<const Payment> payments); // in the same order

// Each with the transaction's source; set source_account of what is returned to change that.
xdr::Operation make_create_account(const xdr::AccountId& account, std::int64_t starting_stroops);
xdr::Operation make_change_trust(const xdr::Asset& asset, std::int64_t limit_stroops); // 0 removes; not for XLM
xdr::Operation make_manage_data(std::string_view name, std::optional<ByteView> value); // no value removes
xdr::Operation make_bump_sequence(std::int64_t to);
xdr::Operation make_account_merge(const xdr::MuxedAccount& destination);

xdr::Operation make_begin_sponsoring(const xdr::AccountId& sponsored); // what follows, up to its end, is on us
xdr::Operation make_end_sponsoring();                                  // its source is the sponsored account

// A text; or id:NUMBER, hash:HEX. Errors memo.too_long: a text has at most 28 bytes; memo.form.
Result<xdr::Memo> make_memo(std::string_view text);
// Valid until this second (unix time), from any time on. Zero would mean for ever and is refused: tx.no_end.
Result<xdr::Preconditions> make_expiry(std::uint64_t last_second);

} // namespace passa::stellar::tx
