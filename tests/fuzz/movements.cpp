// Any envelope, result and meta as one transaction of a history: refused, or lines that tell who moved how much, seen
// from each account that could be meant.
#include "lib/stellar/statement.hpp"
#include "lib/stellar/tx/asset.hpp"
#include "lib/stellar/tx/result.hpp"
#include "lib/stellar/tx/transaction.hpp"
#include "lib/stellar/xdr/codec.hpp"
#include "tests/fuzz/pieces.hpp"

using namespace passa;
using namespace passa::stellar;

namespace {

const NetworkId& network() {
    static const auto id = make_network_id("fuzz");
    return id;
}

void check(const rpc::Transaction& transaction, const xdr::AccountId& account) {
    const auto lines = movements_of(transaction, account, network());
    if (!lines) {
        PASSA_ASSERT(lines.problem().code == "rpc.not_rpc");
        return;
    }
    for (const auto& line : *lines) {
        PASSA_ASSERT(!line.amount.is_zero() && !line.external_ref.empty());
        PASSA_ASSERT(line.position >> 32 == transaction.ledger);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    test::Pieces pieces{data, size};
    rpc::Transaction transaction{rpc::Status::success, std::string(64, 'a'), 7, 1};
    const auto envelope = pieces.next(), result = pieces.next(), meta = pieces.next();
    transaction.envelope = to_base64(envelope);
    transaction.result = to_base64(result);
    transaction.meta = to_base64(meta);
    const auto read = tx::parse_envelope(envelope);
    if (read) transaction.hash = to_hex(tx::hash(*read, network()));
    check(transaction, {});
    if (const auto outcome = xdr::decode<xdr::TransactionResult>(result))
        PASSA_ASSERT(!tx::to_text(tx::read_result(*outcome)).empty());
    if (!read) return 0;
    PASSA_ASSERT(tx::envelope_bytes(*read) == Bytes(envelope.begin(), envelope.end()));
    static_cast<void>(tx::inner_hash(*read, network()));
    if (const auto* plain = read->find<xdr::EnvelopeType::tx>())
        check(transaction, tx::to_account(plain->tx.source_account));
    if (const auto* bump = read->find<xdr::EnvelopeType::tx_fee_bump>())
        check(transaction, tx::to_account(bump->tx.fee_source));
    return 0;
}
