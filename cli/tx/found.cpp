// Read from the envelope and the result; what cannot be read is left empty, never guessed.
#include "cli/tx/found.hpp"

#include "lib/base/text.hpp"
#include "lib/stellar/tx/result.hpp"
#include "lib/stellar/xdr/codec.hpp"
#include "lib/stellar/xdr/text_forms.hpp"
#include "lib/stellar/xdr/types_transaction.hpp"

namespace passa::cli {
namespace {

namespace xdr = stellar::xdr;

const xdr::Transaction* inner_of(const xdr::TransactionEnvelope& envelope) {
    if (const auto* bump = envelope.find<xdr::EnvelopeType::tx_fee_bump>())
        return &bump->tx.inner_tx.get<xdr::EnvelopeType::tx>().tx;
    const auto* plain = envelope.find<xdr::EnvelopeType::tx>();
    return plain == nullptr ? nullptr : &plain->tx;
}

std::string memo_of(const xdr::Memo& memo) {
    if (const auto* text = memo.find<xdr::MemoType::text>()) return printable(*text, 120);
    if (const auto* id = memo.find<xdr::MemoType::id>()) return std::to_string(*id);
    if (const auto* hash = memo.find<xdr::MemoType::hash>()) return to_hex(*hash);
    if (const auto* hash = memo.find<xdr::MemoType::return_>()) return to_hex(*hash);
    return {};
}

void add_inner(out::Record& record, const xdr::Transaction& inner) {
    record.emplace_back("source", xdr::to_text(inner.source_account));
    record.emplace_back("sequence", std::to_string(inner.seq_num));
    record.emplace_back("memo", memo_of(inner.memo));
    record.emplace_back("operations", static_cast<std::int64_t>(inner.operations.size()));
}

} // namespace

std::string read_hash(const std::string& word) {
    if (parse_hex_fixed<32>(word)) return to_lower(word);
    throw Error{{Kind::usage, "tx.hash", fmt::format("{} is not a transaction hash", printable(word, 80)),
                 "a hash has 64 hex digits"}};
}

out::Record as_record(const std::string& network, const stellar::rpc::Transaction& transaction) {
    const bool found = transaction.status != stellar::rpc::Status::not_found;
    out::Record record{{"hash", printable(transaction.hash, 64)},
                       {"network", network},
                       {"status", !found                                                ? "not_found"
                                  : transaction.status == stellar::rpc::Status::success ? "success"
                                                                                        : "failed"}};
    if (!found) return record;
    const auto result = xdr::decode_base64<xdr::TransactionResult>(transaction.result);
    const auto envelope = xdr::decode_base64<xdr::TransactionEnvelope>(transaction.envelope);
    if (result) {
        const auto text = stellar::tx::read_result(*result);
        record.emplace_back("outcome", stellar::tx::to_text(text));
        record.emplace_back("fee", money::Amount{text.fee_charged, {"XLM", 7}});
    }
    record.emplace_back("ledger", std::int64_t{transaction.ledger});
    record.emplace_back("closed_at", transaction.closed_at);
    record.emplace_back("fee_bump", transaction.fee_bump);
    if (envelope)
        if (const auto* inner = inner_of(*envelope)) add_inner(record, *inner);
    return record;
}

} // namespace passa::cli
