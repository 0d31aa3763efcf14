// Decoded, made again by the same rules, compared.
#include "lib/stellar/change.hpp"

#include "lib/stellar/rail.hpp"
#include "lib/stellar/strkey.hpp"
#include "lib/stellar/xdr/codec.hpp"

#include <nlohmann/json.hpp>

namespace passa::stellar {
namespace {

using Json = nlohmann::json;

std::string find_other_order(const xdr::Transaction& transaction, const rail::Order& order, std::size_t position) {
    const auto payment = make_payment_of(order);
    const auto memo = order.memo.empty() ? Result<xdr::Memo>{xdr::Memo{}} : tx::make_memo(order.memo);
    if (!payment || !memo || position >= transaction.operations.size()) return "they do not pay this payout";
    const auto& operation = transaction.operations[position];
    if (!(operation == tx::make_payment(*payment))) return "they pay somebody else, or another amount";
    return transaction.memo == *memo ? "" : "they carry another memo";
}

std::string text_of(const Json& details, const char* key) {
    const auto it = details.find(key);
    return it == details.end() || !it->is_string() ? std::string{} : it->get<std::string>();
}

} // namespace

std::string find_change(const NetworkId& network, const rail::Attempt& attempt, const rail::Order& order,
                        std::size_t position) {
    const auto envelope = tx::parse_envelope(attempt.payload);
    if (!envelope) return "they are no transaction";
    const auto pending = tx::make_pending(*envelope, network, 0);
    if (!pending) return pending.problem().message;
    if (to_hex(pending->hash) != attempt.key) return "they do not have its hash";
    if (format_account(pending->source.ed25519) != attempt.source) return "they pay from another account";
    if (attempt.sequence != pending->sequence) return "they have another sequence number";
    if (pending->valid_until != attempt.valid_until) return "they are valid until another time";
    return find_other_order(envelope->get<xdr::EnvelopeType::tx>().tx, order, position);
}

std::optional<std::string> find_change(const rail::Evidence& evidence) {
    if (evidence.kind != "found") return std::nullopt;
    const std::string text{evidence.raw.begin(), evidence.raw.end()};
    const auto result = xdr::decode_base64<xdr::TransactionResult>(text);
    if (!result) return "they are no result of a transaction";
    const auto read = tx::read_result(*result);
    const auto details = Json::parse(evidence.details, nullptr, false);
    if (!details.is_object()) return "its details are none";
    if (text_of(details, "code") != read.code) return fmt::format("they say {}, its details another code", read.code);
    if (text_of(details, "fee_charged") != std::to_string(read.fee_charged))
        return fmt::format("they say that {} stroops were charged, its details another fee", read.fee_charged);
    const bool is_confirmed = text_of(details, "fate") == rail::name(rail::Standing::confirmed);
    return is_confirmed == read.succeeded() ? "" : "its details tell another outcome";
}

} // namespace passa::stellar
