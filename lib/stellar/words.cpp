// What moves money is said in a sentence; the rest by its name and fields (SEP-51), so that nothing goes unsaid.
#include "lib/stellar/words.hpp"

#include "lib/base/bytes.hpp"
#include "lib/base/text.hpp"
#include "lib/crypto/hash.hpp"
#include "lib/stellar/contract/words.hpp"
#include "lib/stellar/courier.hpp"
#include "lib/stellar/tx/asset.hpp"
#include "lib/stellar/xdr/json.hpp"
#include "lib/stellar/xdr/text_forms.hpp"

namespace passa::stellar {
namespace {

using Type = xdr::OperationType;

constexpr std::size_t k_longest_line = 2000;

std::string amount_words(std::int64_t count, const xdr::Asset& asset) {
    return fmt::format("{}", money::Amount{count, {tx::to_text(asset), 7}});
}

std::string host_words(const xdr::HostFunction& function) {
    using Call = xdr::HostFunctionType;
    static const contract::Spec k_unknown;
    if (const auto* call = function.find<Call::invoke_contract>())
        return fmt::format("call {} {}", xdr::to_text(call->contract_address),
                           contract::call_words(k_unknown, call->function_name, call->args));
    if (const auto* wasm = function.find<Call::upload_contract_wasm>())
        return fmt::format("upload the contract code {}", to_hex(crypto::sha256(*wasm)));
    return "create a contract: " + xdr::to_json_text(function);
}

std::string operation_words(const xdr::OperationBody& body) {
    if (const auto* pay = body.find<Type::payment>())
        return fmt::format("pay {} to {}", amount_words(pay->amount, pay->asset), xdr::to_text(pay->destination));
    if (const auto* create = body.find<Type::create_account>())
        return fmt::format("create the account {} with {}", xdr::to_text(create->destination),
                           stroops(create->starting_balance));
    if (const auto* to = body.find<Type::account_merge>())
        return fmt::format("close the account, and give all that it holds to {}", xdr::to_text(*to));
    if (const auto* call = body.find<Type::invoke_host_function>()) return host_words((*call)->host_function);
    return xdr::to_json_text(body);
}

std::vector<std::string> authorised_words(const xdr::OperationBody& body) {
    std::vector<std::string> lines;
    const auto* call = body.find<Type::invoke_host_function>();
    if (call == nullptr) return lines;
    static const contract::Spec k_unknown;
    for (const auto& entry : (*call)->auth)
        for (const auto& line : contract::invocation_words(k_unknown, entry.root_invocation))
            lines.push_back("> " + line);
    return lines;
}

std::string memo_words(const xdr::Memo& memo) {
    if (memo.type() == xdr::MemoType::none) return {};
    if (const auto* text = memo.find<xdr::MemoType::text>()) return printable(*text);
    return printable(xdr::to_json_text(memo));
}

std::optional<Instant> end_of(const xdr::Preconditions& cond) {
    const auto* bounds = cond.find<xdr::PreconditionType::time>();
    if (const auto* more = cond.find<xdr::PreconditionType::v2>(); more != nullptr && more->time_bounds)
        bounds = &*more->time_bounds;
    constexpr std::uint64_t k_latest = 253'402'300'799; // the year 9999: later ones are as good as none
    if (bounds == nullptr || bounds->max_time == 0 || bounds->max_time > k_latest) return std::nullopt;
    return Instant{std::chrono::seconds{static_cast<std::int64_t>(bounds->max_time)}};
}

void say_operations(const xdr::List<xdr::Operation, 100>& operations, std::vector<std::string>& lines) {
    for (const auto& operation : operations) {
        auto line = operation_words(operation.body);
        if (operation.source_account) line = fmt::format("for {}: {}", xdr::to_text(*operation.source_account), line);
        lines.push_back(printable(line, k_longest_line));
        for (auto& more : authorised_words(operation.body)) lines.push_back(std::move(more));
    }
}

TransactionWords words_of(const xdr::TransactionV1Envelope& plain) {
    const auto& t = plain.tx;
    TransactionWords words{xdr::to_text(t.source_account),
                           t.seq_num,
                           xdr::to_text(t.source_account),
                           stroops(std::int64_t{t.fee}),
                           end_of(t.cond),
                           memo_words(t.memo),
                           {},
                           plain.signatures.size()};
    say_operations(t.operations, words.does);
    return words;
}

// The old form says the source by its key alone, and knows no other conditions than time.
TransactionWords words_of(const xdr::TransactionV0Envelope& old) {
    const auto source = xdr::to_text(xdr::AccountId{old.tx.source_account_ed25519});
    TransactionWords words{source, old.tx.seq_num,          source, stroops(std::int64_t{old.tx.fee}),
                           {},     memo_words(old.tx.memo), {},     old.signatures.size()};
    if (old.tx.time_bounds)
        words.valid_until = end_of(xdr::Preconditions{xdr::as<xdr::PreconditionType::time>, *old.tx.time_bounds});
    say_operations(old.tx.operations, words.does);
    return words;
}

} // namespace

TransactionWords words_of(const xdr::TransactionEnvelope& envelope) {
    if (const auto* old = envelope.find<xdr::EnvelopeType::tx_v0>()) return words_of(*old);
    if (const auto* bump = envelope.find<xdr::EnvelopeType::tx_fee_bump>()) {
        auto words = words_of(bump->tx.inner_tx.get<xdr::EnvelopeType::tx>());
        words.fee_source = xdr::to_text(bump->tx.fee_source);
        words.fee = stroops(bump->tx.fee);
        words.signatures = bump->signatures.size();
        return words;
    }
    return words_of(envelope.get<xdr::EnvelopeType::tx>());
}

} // namespace passa::stellar
