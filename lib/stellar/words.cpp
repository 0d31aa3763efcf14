// What moves money is said in a sentence; the rest by its name and fields (SEP-51), so that nothing goes unsaid.
#include "lib/stellar/words.hpp"

#include "lib/base/bytes.hpp"
#include "lib/base/text.hpp"
#include "lib/crypto/hash.hpp"
#include "lib/stellar/contract/authorize.hpp"
#include "lib/stellar/courier.hpp"
#include "lib/stellar/tx/asset.hpp"
#include "lib/stellar/tx/transaction.hpp"
#include "lib/stellar/xdr/json.hpp"
#include "lib/stellar/xdr/text_forms.hpp"

namespace passa::stellar {
namespace {

using Type = xdr::OperationType;

constexpr auto k_all = std::string_view::npos; // whoever signs reads all of it

std::string amount_words(std::int64_t count, const xdr::Asset& asset) {
    return fmt::format("{}", money::Amount{count, {tx::to_text(asset), 7}});
}

std::string values_words(const xdr::List<xdr::ScVal>& values) {
    std::vector<std::string> parts;
    for (const auto& value : values) parts.push_back(xdr::to_json_text(value));
    return join(parts, ", ");
}

std::string call_words(const xdr::InvokeContractArgs& call) {
    return fmt::format("call {} {}({})", xdr::to_text(call.contract_address), call.function_name,
                       values_words(call.args));
}

std::string host_words(const xdr::HostFunction& function) {
    using Call = xdr::HostFunctionType;
    if (const auto* call = function.find<Call::invoke_contract>()) return call_words(*call);
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

void say_authorised(const xdr::SorobanAuthorizedInvocation& invocation, // NOLINT(misc-no-recursion)
                    const std::string& before, std::vector<std::string>& lines) {
    using Told = xdr::SorobanAuthorizedFunctionType;
    const auto* call = invocation.function.find<Told::contract_fn>();
    lines.push_back(printable(
        before + (call == nullptr ? "create a contract: " + xdr::to_json_text(invocation.function) : call_words(*call)),
        k_all));
    for (const auto& inner : invocation.sub_invocations) say_authorised(inner, "> " + before, lines);
}

// Who authorises which calls: the source by signing the transaction, others by what stands in it.
void say_authorised(const xdr::OperationBody& body, std::vector<std::string>& lines) {
    const auto* call = body.find<Type::invoke_host_function>();
    if (call == nullptr) return;
    for (const auto& entry : (*call)->auth) {
        const auto who = entry.credentials.type() == xdr::SorobanCredentialsType::source_account
                             ? std::string{"the source"}
                             : xdr::to_text(contract::address_of(entry));
        say_authorised(entry.root_invocation, fmt::format("> {} authorises: ", who), lines);
    }
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

// All but the end, which is said by itself.
std::string conditions_of(const xdr::Preconditions& cond) {
    const auto* plain = cond.find<xdr::PreconditionType::time>();
    const bool is_said = cond.type() == xdr::PreconditionType::none || (plain != nullptr && plain->min_time == 0);
    return is_said ? std::string{} : printable(xdr::to_json_text(cond), k_all);
}

void say_operations(const xdr::List<xdr::Operation, 100>& operations, std::vector<std::string>& lines) {
    for (const auto& operation : operations) {
        auto line = operation_words(operation.body);
        if (operation.source_account) line = fmt::format("for {}: {}", xdr::to_text(*operation.source_account), line);
        lines.push_back(printable(line, k_all));
        say_authorised(operation.body, lines);
    }
}

TransactionWords words_of(const xdr::TransactionV1Envelope& plain) {
    const auto& t = plain.tx;
    TransactionWords words{xdr::to_text(t.source_account),
                           t.seq_num,
                           xdr::to_text(t.source_account),
                           stroops(std::int64_t{t.fee}),
                           end_of(t.cond),
                           conditions_of(t.cond),
                           memo_words(t.memo),
                           {},
                           plain.signatures.size()};
    say_operations(t.operations, words.does);
    if (const auto* data = t.ext.find<1>())
        words.does.push_back(printable("with the entries " + xdr::to_json_text(data->resources.footprint), k_all));
    return words;
}

// The old form says the source by its key alone, and knows no other conditions than time.
TransactionWords words_of(const xdr::TransactionV0Envelope& old) {
    const auto source = xdr::to_text(xdr::AccountId{old.tx.source_account_ed25519});
    TransactionWords words{source, old.tx.seq_num, source, stroops(std::int64_t{old.tx.fee})};
    words.memo = memo_words(old.tx.memo);
    words.signatures = old.signatures.size();
    if (old.tx.time_bounds) {
        const xdr::Preconditions cond{xdr::as<xdr::PreconditionType::time>, *old.tx.time_bounds};
        words.valid_until = end_of(cond);
        words.conditions = conditions_of(cond);
    }
    say_operations(old.tx.operations, words.does);
    return words;
}

} // namespace

std::vector<xdr::AccountId> parties_of(const xdr::TransactionEnvelope& envelope) {
    const auto* plain = tx::find_plain(envelope);
    if (plain == nullptr) return {};
    std::vector<xdr::AccountId> parties{tx::to_account(plain->tx.source_account)};
    if (const auto* bump = envelope.find<xdr::EnvelopeType::tx_fee_bump>())
        parties.push_back(tx::to_account(bump->tx.fee_source));
    for (const auto& operation : plain->tx.operations) {
        if (operation.source_account) parties.push_back(tx::to_account(*operation.source_account));
        const auto* call = operation.body.find<Type::invoke_host_function>();
        if (call == nullptr) continue;
        for (const auto& entry : (*call)->auth)
            if (contract::wants_signature(entry))
                if (const auto address = contract::address_of(entry);
                    address.find<xdr::ScAddressType::account>() != nullptr)
                    parties.push_back(address.get<xdr::ScAddressType::account>());
    }
    return parties;
}

std::vector<std::string> lines_of(const TransactionWords& words) {
    std::vector<std::string> lines{fmt::format("source {}, number {}", words.source, words.sequence),
                                   fmt::format("{} pays at most {}", words.fee_source, words.fee),
                                   words.valid_until ? "valid until " + passa::to_text(*words.valid_until)
                                                     : std::string{"valid for ever"}};
    if (!words.conditions.empty()) lines.push_back("conditions " + words.conditions);
    if (!words.memo.empty()) lines.push_back("memo " + words.memo);
    lines.insert(lines.end(), words.does.begin(), words.does.end());
    return lines;
}

TransactionWords words_of(const xdr::TransactionEnvelope& envelope) {
    if (const auto* old = envelope.find<xdr::EnvelopeType::tx_v0>()) return words_of(*old);
    if (const auto* bump = envelope.find<xdr::EnvelopeType::tx_fee_bump>()) {
        auto words = words_of(bump->tx.inner_tx.get<xdr::EnvelopeType::tx>());
        words.fee_source = xdr::to_text(bump->tx.fee_source);
        words.fee = stroops(bump->tx.fee);
        words.signatures = bump->signatures.size();
        words.does.insert(words.does.begin(),
                          fmt::format("pay the fee of another's transaction (fee bump), which is signed {} times:",
                                      bump->tx.inner_tx.get<xdr::EnvelopeType::tx>().signatures.size()));
        return words;
    }
    return words_of(envelope.get<xdr::EnvelopeType::tx>());
}

} // namespace passa::stellar
