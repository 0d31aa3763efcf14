// Operations, memos and time bounds in XDR.
#include "lib/stellar/tx/operation.hpp"

#include "lib/base/text.hpp"

#include <charconv>

namespace passa::stellar::tx {

using xdr::as;
using xdr::OperationType;

xdr::Operation make_payment(const Payment& payment) {
    return {payment.source,
            xdr::OperationBody{as<OperationType::payment>, payment.destination, payment.asset, payment.stroops}};
}

std::vector<xdr::Operation> make_payments(std::span<const Payment> payments) {
    std::vector<xdr::Operation> operations;
    operations.reserve(payments.size());
    for (const auto& payment : payments)
        operations.emplace_back(payment.source, xdr::OperationBody{as<OperationType::payment>, payment.destination,
                                                                   payment.asset, payment.stroops});
    return operations;
}

xdr::Operation make_create_account(const xdr::AccountId& account, std::int64_t starting_stroops) {
    return {{}, xdr::OperationBody{as<OperationType::create_account>, account, starting_stroops}};
}

xdr::Operation make_change_trust(const xdr::Asset& asset, std::int64_t limit_stroops) {
    xdr::ChangeTrustAsset line; // XLM needs no trustline; the network answers CHANGE_TRUST_MALFORMED
    if (const auto* four = asset.find<xdr::AssetType::credit_alphanum4>())
        line.select<xdr::AssetType::credit_alphanum4>() = *four;
    else if (const auto* twelve = asset.find<xdr::AssetType::credit_alphanum12>())
        line.select<xdr::AssetType::credit_alphanum12>() = *twelve;
    return {{}, xdr::OperationBody{as<OperationType::change_trust>, line, limit_stroops}};
}

xdr::Operation make_manage_data(std::string_view name, std::optional<ByteView> value) {
    xdr::ManageDataOp data;
    data.data_name.assign(name);
    if (value) data.data_value.emplace().assign(value->begin(), value->end());
    return {{}, xdr::OperationBody{as<OperationType::manage_data>, std::move(data)}};
}

xdr::Operation make_bump_sequence(std::int64_t to) {
    return {{}, xdr::OperationBody{as<OperationType::bump_sequence>, to}};
}

xdr::Operation make_account_merge(const xdr::MuxedAccount& destination) {
    return {{}, xdr::OperationBody{as<OperationType::account_merge>, destination}};
}

xdr::Operation make_begin_sponsoring(const xdr::AccountId& sponsored) {
    return {{}, xdr::OperationBody{as<OperationType::begin_sponsoring_future_reserves>, sponsored}};
}

xdr::Operation make_end_sponsoring() {
    xdr::Operation operation;
    operation.body.select<OperationType::end_sponsoring_future_reserves>();
    return operation;
}

Result<xdr::Memo> make_memo(std::string_view text) {
    const auto wrong = [&](const char* form) {
        return Problem{Kind::invalid_input, "memo.form", fmt::format("'{}' is not a memo", printable(text, 80)), form};
    };
    if (text.starts_with("id:")) {
        std::uint64_t id = 0;
        const auto [end, error] = std::from_chars(text.data() + 3, text.data() + text.size(), id);
        if (text.size() == 3 || error != std::errc{} || end != text.data() + text.size())
            return wrong("write id: and a whole number below 2 to the power of 64");
        return xdr::Memo{as<xdr::MemoType::id>, id};
    }
    if (text.starts_with("hash:")) {
        const auto hash = parse_hex_fixed<32>(text.substr(5));
        if (!hash) return wrong("write hash: and 64 hexadecimal digits");
        return xdr::Memo{as<xdr::MemoType::hash>, *hash};
    }
    if (text.size() > 28)
        return Problem{Kind::invalid_input, "memo.too_long",
                       fmt::format("the memo has {} bytes, at most 28 fit", text.size()), "shorten the memo"};
    return xdr::Memo{as<xdr::MemoType::text>, std::string{text}};
}

Result<xdr::Preconditions> make_expiry(std::uint64_t last_second) {
    if (last_second == 0)
        return Problem{Kind::refused, "tx.no_end", "a transaction that never expires can never be proven dead",
                       "give the last second at which it may be applied"};
    return xdr::Preconditions{as<xdr::PreconditionType::time>, xdr::TimeBounds{.max_time = last_second}};
}

} // namespace passa::stellar::tx
