// One transaction, seen from one account: before and after of its entries, operation by operation.
#include "lib/base/text.hpp"
#include "lib/stellar/statement.hpp"
#include "lib/stellar/strkey.hpp"
#include "lib/stellar/tx/asset.hpp"
#include "lib/stellar/tx/transaction.hpp"
#include "lib/stellar/xdr/codec.hpp"
#include "lib/stellar/xdr/text_forms.hpp"
#include "lib/stellar/xdr/types_meta.hpp"

#include <algorithm>

namespace passa::stellar {
namespace {

using xdr::EnvelopeType;
using xdr::LedgerEntryChangeType;
using xdr::LedgerEntryType;
using xdr::OperationType;

using Balances = std::map<std::string, std::int64_t>; // by asset: what the account holds

// The balance that an entry is for this account; empty when it is none of its own.
std::optional<std::pair<std::string, std::int64_t>> balance_of(const xdr::LedgerEntryData& data,
                                                               const xdr::AccountId& account) {
    if (const auto* entry = data.find<LedgerEntryType::account>())
        return entry->account_id == account ? std::optional{std::pair{std::string{"XLM"}, entry->balance}}
                                            : std::nullopt;
    const auto* line = data.find<LedgerEntryType::trustline>();
    if (line == nullptr || line->account_id != account) return std::nullopt;
    xdr::Asset asset;
    if (const auto* four = line->asset.find<xdr::AssetType::credit_alphanum4>())
        asset.select<xdr::AssetType::credit_alphanum4>() = *four;
    else if (const auto* twelve = line->asset.find<xdr::AssetType::credit_alphanum12>())
        asset.select<xdr::AssetType::credit_alphanum12>() = *twelve;
    else
        return std::nullopt; // pool shares are no money of ours
    return std::pair{tx::to_text(asset), line->balance};
}

std::optional<std::string> asset_of_removed(const xdr::LedgerKey& key, const xdr::AccountId& account) {
    if (const auto* own = key.find<LedgerEntryType::account>())
        return own->account_id == account ? std::optional<std::string>{"XLM"} : std::nullopt;
    return std::nullopt; // a trustline goes only when it is empty
}

struct Delta {
    Balances moved;
    bool created = false; // the account itself
};

// A state comes before each update or removal; an entry may change several times within one operation.
Delta delta_of(const xdr::LedgerEntryChanges& changes, const xdr::AccountId& account) {
    Delta delta;
    Balances before;
    for (const auto& change : changes) {
        if (const auto* removed = change.find<LedgerEntryChangeType::removed>()) {
            if (const auto asset = asset_of_removed(*removed, account)) delta.moved[*asset] -= before[*asset];
            continue;
        }
        const xdr::LedgerEntry* entry = change.find<LedgerEntryChangeType::state>();
        const bool is_state = entry != nullptr;
        const bool is_created = change.type() == LedgerEntryChangeType::created;
        if (is_created) entry = change.find<LedgerEntryChangeType::created>();
        if (entry == nullptr) entry = change.find<LedgerEntryChangeType::updated>();
        if (entry == nullptr) entry = change.find<LedgerEntryChangeType::restored>();
        const auto balance = balance_of(entry->data, account);
        if (!balance) continue;
        if (!is_state) delta.moved[balance->first] += balance->second - (is_created ? 0 : before[balance->first]);
        before[balance->first] = balance->second;
        delta.created = delta.created || (is_created && balance->first == "XLM");
    }
    std::erase_if(delta.moved, [](const auto& item) { return item.second == 0; });
    return delta;
}

template <typename Operations>
std::vector<Delta> deltas_of(const Operations& operations, const xdr::AccountId& account) {
    std::vector<Delta> deltas;
    for (const auto& operation : operations) deltas.push_back(delta_of(operation.changes, account));
    return deltas;
}

std::vector<Delta> deltas_of(const xdr::TransactionMeta& meta, const xdr::AccountId& account) {
    if (const auto* v4 = meta.find<4>()) return deltas_of(v4->operations, account);
    if (const auto* v3 = meta.find<3>()) return deltas_of(v3->operations, account);
    if (const auto* v2 = meta.find<2>()) return deltas_of(v2->operations, account);
    if (const auto* v1 = meta.find<1>()) return deltas_of(v1->operations, account);
    return deltas_of(meta.get<0>(), account);
}

// Who is on the other side, as far as one operation says.
std::optional<xdr::MuxedAccount> destination_of(const xdr::OperationBody& body) {
    if (const auto* payment = body.find<OperationType::payment>()) return payment->destination;
    if (const auto* path = body.find<OperationType::path_payment_strict_receive>()) return (*path)->destination;
    if (const auto* path = body.find<OperationType::path_payment_strict_send>()) return (*path)->destination;
    if (const auto* create = body.find<OperationType::create_account>()) return tx::to_muxed(create->destination);
    if (const auto* merge = body.find<OperationType::account_merge>()) return *merge;
    return std::nullopt;
}

bool is_payment(const xdr::OperationBody& body) {
    return body.type() == OperationType::payment || body.type() == OperationType::path_payment_strict_receive ||
           body.type() == OperationType::path_payment_strict_send;
}

std::string memo_text(const xdr::Memo& memo) {
    if (const auto* text = memo.find<xdr::MemoType::text>()) return printable(*text, 120);
    if (const auto* id = memo.find<xdr::MemoType::id>()) return std::to_string(*id);
    if (const auto* hash = memo.find<xdr::MemoType::hash>()) return to_hex(*hash);
    if (const auto* hash = memo.find<xdr::MemoType::return_>()) return to_hex(*hash);
    return {};
}

struct Inner { // what was executed, whoever paid the fee
    xdr::MuxedAccount source;
    xdr::MuxedAccount fee_source;
    xdr::Memo memo;
    const std::vector<xdr::Operation>* operations = nullptr;
};

Inner inner_of(const xdr::TransactionEnvelope& envelope) {
    if (const auto* v0 = envelope.find<EnvelopeType::tx_v0>()) {
        const auto source = tx::to_muxed({v0->tx.source_account_ed25519});
        return {source, source, v0->tx.memo, &v0->tx.operations};
    }
    if (const auto* bump = envelope.find<EnvelopeType::tx_fee_bump>()) {
        const auto& inner = bump->tx.inner_tx.get<EnvelopeType::tx>().tx;
        return {inner.source_account, bump->tx.fee_source, inner.memo, &inner.operations};
    }
    const auto& plain = envelope.get<EnvelopeType::tx>().tx;
    return {plain.source_account, plain.source_account, plain.memo, &plain.operations};
}

struct Names {
    std::string own;   // what its maker knows it by: what somebody wrapped in a fee bump keeps its own hash
    std::string whole; // with its wrapping
};

// From the bytes themselves.
Names names_of(const xdr::TransactionEnvelope& envelope, const NetworkId& network) {
    return {to_hex(tx::inner_hash(envelope, network)), to_hex(tx::hash(envelope, network))};
}

// `place` 0 is the fee, 1 the first operation.
rail::StatementLine line_of(const rpc::Transaction& transaction, const std::string& key, std::size_t place) {
    rail::StatementLine line;
    line.external_ref = place == 0 ? key + ":fee" : fmt::format("{}:{}", key, place - 1);
    line.booked_at = transaction.closed_at;
    line.position = (std::int64_t{transaction.ledger} << 32) | (std::int64_t{transaction.order} << 12) |
                    static_cast<std::int64_t>(place);
    return line;
}

void describe(rail::StatementLine& line, const Inner& inner, const xdr::Operation& operation,
              const xdr::AccountId& account) {
    const auto source = operation.source_account.value_or(inner.source);
    const auto destination = destination_of(operation.body);
    if (tx::to_account(source) != account)
        line.counterparty = xdr::to_text(source);
    else if (destination)
        line.counterparty = xdr::to_text(*destination);
    line.memo = memo_text(inner.memo);
    line.kind = is_payment(operation.body) ? rail::StatementLine::Kind::payment : rail::StatementLine::Kind::other;
}

// Sponsoring locks a reserve and moves nothing; an account that is made with nothing costs nothing.
bool moves_nothing(const xdr::OperationBody& body) {
    if (const auto* create = body.find<OperationType::create_account>()) return create->starting_balance == 0;
    const auto type = body.type();
    return type == OperationType::change_trust || type == OperationType::set_options ||
           type == OperationType::manage_data || type == OperationType::begin_sponsoring_future_reserves ||
           type == OperationType::end_sponsoring_future_reserves;
}

// The account's own transaction, of operations that can move none of its money: a channel that is merged may bring
// some.
bool is_upkeep(const Inner& inner, const xdr::AccountId& account) {
    const auto is_own = [&](const xdr::Operation& operation) {
        return tx::to_account(operation.source_account.value_or(inner.source)) == account;
    };
    return tx::to_account(inner.source) == account &&
           std::all_of(inner.operations->begin(), inner.operations->end(), [&](const xdr::Operation& operation) {
               return moves_nothing(operation.body) ||
                      (!is_own(operation) && operation.body.type() == OperationType::account_merge);
           });
}

// It signed what was executed: as its source, or for an operation under a channel's number.
bool is_signed_by(const Inner& inner, const xdr::AccountId& account) {
    return tx::to_account(inner.source) == account ||
           std::any_of(inner.operations->begin(), inner.operations->end(), [&](const xdr::Operation& operation) {
               return operation.source_account && tx::to_account(*operation.source_account) == account;
           });
}

} // namespace

Result<std::vector<rail::StatementLine>> movements_of(const rpc::Transaction& transaction,
                                                      const xdr::AccountId& account, const NetworkId& network) {
    const auto envelope = xdr::decode_base64<xdr::TransactionEnvelope>(transaction.envelope);
    const auto result = xdr::decode_base64<xdr::TransactionResult>(transaction.result);
    const auto meta = xdr::decode_base64<xdr::TransactionMeta>(transaction.meta);
    if (!envelope || !result || !meta)
        return Problem{Kind::unavailable, "rpc.not_rpc",
                       fmt::format("transaction {} of ledger {} cannot be read", printable(transaction.hash, 64),
                                   transaction.ledger),
                       ""};
    const auto names = names_of(*envelope, network);
    if (transaction.hash != names.whole)
        return Problem{Kind::unavailable, "rpc.not_rpc",
                       fmt::format("the server calls a transaction of ledger {} {}, and shows the bytes of {}",
                                   transaction.ledger, printable(transaction.hash, 64), names.whole),
                       ""};
    const auto inner = inner_of(*envelope);
    std::vector<rail::StatementLine> lines;
    const auto& key = names.own;
    if (tx::to_account(inner.fee_source) == account && result->fee_charged != 0) {
        // Who wraps what another made pays for the wrapping, which has a name of its own.
        auto line = line_of(transaction, is_signed_by(inner, account) ? key : transaction.hash, 0);
        line.kind = rail::StatementLine::Kind::fee;
        if (is_upkeep(inner, account)) line.external_ref = key + ":upkeep";
        line.amount = {-money::Int128{result->fee_charged}, {"XLM", 7}};
        lines.push_back(line);
    }
    const auto deltas = deltas_of(*meta, account);
    for (std::size_t i = 0; i < deltas.size() && i < inner.operations->size(); ++i) {
        for (const auto& [asset, moved] : deltas[i].moved) {
            auto line = line_of(transaction, key, i + 1);
            describe(line, inner, (*inner.operations)[i], account);
            if (deltas[i].created && asset == "XLM") line.kind = rail::StatementLine::Kind::funding;
            if (deltas[i].moved.size() > 1) line.external_ref += ":" + asset; // one operation, two assets
            line.amount = {moved, {asset, 7}};
            lines.push_back(line);
        }
    }
    return lines;
}

} // namespace passa::stellar
