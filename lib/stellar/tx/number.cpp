// The account first; then, for a number that was used, every transaction from when ours was made to past its end.
#include "lib/stellar/tx/number.hpp"

#include "lib/stellar/rpc/read_ledger.hpp"
#include "lib/stellar/tx/asset.hpp"

#include <nlohmann/json.hpp>

namespace passa::stellar::tx {
namespace {

using Json = nlohmann::json;

constexpr std::size_t k_page = 200;       // the most that servers give as they come
constexpr std::size_t k_most_pages = 500; // 100,000 transactions: ten minutes of a full network

NumberProof doubt(std::string why) { return {.doubt = std::move(why)}; }

struct Use {
    Hash256 hash{};
    std::uint32_t ledger = 0;
};

// Old forms and fee bumps included: whatever took it.
bool uses_number(const xdr::TransactionEnvelope& envelope, const Pending& pending) {
    if (const auto* old = envelope.find<xdr::EnvelopeType::tx_v0>())
        return old->tx.seq_num == pending.sequence && xdr::AccountId{old->tx.source_account_ed25519} == pending.source;
    const auto* bump = envelope.find<xdr::EnvelopeType::tx_fee_bump>();
    const auto& plain =
        bump == nullptr ? envelope.get<xdr::EnvelopeType::tx>().tx : bump->tx.inner_tx.get<xdr::EnvelopeType::tx>().tx;
    return plain.seq_num == pending.sequence && to_account(plain.source_account) == pending.source;
}

// The transaction of a list's line that used this number of the source.
std::optional<Use> find_use(const rpc::Transaction& line, const NetworkId& network, const Pending& pending) {
    const auto envelope = parse_envelope_base64(line.envelope);
    if (!envelope) return std::nullopt; // ours can be read: it is another
    const auto hash = inner_hash(*envelope, network);
    if (hash == pending.hash) return Use{hash, line.ledger};
    return uses_number(*envelope, pending) ? std::optional{Use{hash, line.ledger}} : std::nullopt;
}

// Read page by page until a ledger past the end; none: what is missing for that.
struct Listed {
    std::optional<Use> use;
    std::uint32_t through = 0; // the newest ledger that was looked in
    std::string gap;
};

Listed list_uses(rpc::Client& client, std::size_t endpoint, const Pending& pending, Instant end) {
    Listed listed;
    std::string cursor;
    auto size = k_page;
    for (std::size_t pages = 0; pages < k_most_pages; ++pages) {
        const auto page = cursor.empty() ? client.get_transactions(pending.first_ledger, size, endpoint)
                                         : client.get_transactions(cursor, size, endpoint);
        if (!page && page.problem().code == "rpc.too_large" && size > 1) {
            size /= 2;
            continue;
        }
        if (!page) return listed.gap = page.problem().message, listed;
        if (page->history.oldest_ledger > pending.first_ledger)
            return listed.gap = fmt::format("its list begins at ledger {}", page->history.oldest_ledger), listed;
        for (const auto& line : page->transactions) {
            listed.through = std::max(listed.through, line.ledger);
            if (line.closed_at > end) return listed;
            listed.use = find_use(line, client.network_id(), pending);
            if (listed.use) return listed;
        }
        if (page->transactions.empty() || page->cursor == cursor) {
            if (page->history.latest_close <= end) listed.gap = "its list ends before the transaction does";
            listed.through = page->history.latest_ledger;
            return listed;
        }
        cursor = page->cursor;
    }
    return listed.gap = fmt::format("its list is longer than {} pages", k_most_pages), listed;
}

NumberProof prove_used_by_other(rpc::Client& client, std::size_t endpoint, const Absence& absence) {
    const auto& [pending, history, end] = absence;
    const auto listed = list_uses(client, endpoint, pending, end);
    if (listed.use && listed.use->hash == pending.hash)
        return doubt(fmt::format("the server does not find it, and lists it in ledger {}", listed.use->ledger));
    if (!listed.use && !listed.gap.empty())
        return doubt(
            fmt::format("its sequence number {} was used, and by what is not known: {}", pending.sequence, listed.gap));
    Json raw{{"number", std::to_string(pending.sequence)}, {"from_ledger", pending.first_ledger}};
    if (listed.use)
        raw["used_by"] = {{"hash", to_hex(listed.use->hash)}, {"ledger", listed.use->ledger}};
    else
        raw["listed_through"] = listed.through;
    return {.doubt = {},
            .reason = listed.use
                          ? fmt::format("its sequence number {} was used by {} in ledger {}", pending.sequence,
                                        to_hex(listed.use->hash), listed.use->ledger)
                          : fmt::format("its sequence number {} was used, and no transaction of ledgers {} to {} "
                                        "has its bytes",
                                        pending.sequence, pending.first_ledger, listed.through),
            .since = history.oldest_ledger,
            .raw = raw.dump()};
}

} // namespace

NumberProof prove_by_number(rpc::Client& client, std::size_t endpoint, const Absence& absence) {
    const auto& [pending, history, end] = absence;
    const auto account = rpc::find_account(client, pending.source, endpoint);
    if (!account) return doubt(account.problem().message);
    if (account->entry && account->entry->seq_num < pending.sequence) {
        if (account->ledger < history.latest_ledger)
            return doubt(fmt::format("the account was read in ledger {}, and the proof needs {}", account->ledger,
                                     history.latest_ledger));
        return {.doubt = {},
                .reason = fmt::format("its sequence number {} was never used: the account stood at {} in ledger {}",
                                      pending.sequence, account->entry->seq_num, account->ledger),
                .since = 0,
                .raw = Json{{"number", std::to_string(pending.sequence)},
                            {"account_number", std::to_string(account->entry->seq_num)},
                            {"ledger", account->ledger}}
                           .dump()};
    }
    if (pending.first_ledger == 0 || history.oldest_ledger > pending.first_ledger)
        return doubt(fmt::format("the server's history begins at ledger {}, the proof needs {}: ask one that reaches "
                                 "back further",
                                 history.oldest_ledger, pending.first_ledger));
    return prove_used_by_other(client, endpoint, absence);
}

} // namespace passa::stellar::tx
