// Balances first, as of one ledger; then the history up to that ledger. So the lines and the closing balance belong
// together however many ledgers close meanwhile.
#include "lib/stellar/statement.hpp"

#include "lib/stellar/rail.hpp"
#include "lib/stellar/rpc/read_ledger.hpp"

#include <algorithm>

namespace passa::stellar {
namespace {

constexpr std::size_t k_page = 100; // halved when a page is larger than an answer may be

std::uint32_t first_ledger_after(std::int64_t position) {
    const auto ledger = static_cast<std::uint32_t>(position >> 32);
    return (position & k_end_of_ledger) == k_end_of_ledger ? ledger + 1 : ledger;
}

struct Closing {
    std::vector<money::Amount> balances;
    std::uint32_t ledger = 0;
    std::uint32_t last_modified = 0;
};

Closing load_closing(rpc::Client& client, const Treasury& treasury) {
    const auto asset = tx::parse_asset(treasury.asset.id).value_or_throw();
    const bool issued = asset.type() != xdr::AssetType::native;
    std::vector<xdr::LedgerKey> keys{rpc::account_key(treasury.account)};
    if (issued) keys.push_back(rpc::trustline_key(treasury.account, asset));
    const auto snapshot = rpc::Snapshot::load(client, keys).value_or_throw();
    const auto* account = snapshot.find_account(treasury.account);
    Closing closing{
        {{account == nullptr ? 0 : account->balance, {"XLM", 7}}}, snapshot.ledger(), snapshot.last_modified()};
    if (!issued) return closing;
    const auto* line = snapshot.find_trustline(treasury.account, asset);
    closing.balances.emplace_back(line == nullptr ? 0 : line->balance, treasury.asset);
    return closing;
}

// One page after the other; a page too large for one answer is asked for in smaller ones.
class Pages {
public:
    Pages(rpc::Client& client, std::uint32_t from) : m_client(client), m_from(from) {}

    rpc::TransactionPage next() {
        for (;;) {
            auto page = m_cursor.empty() ? m_client.get_transactions(m_from, m_size)
                                         : m_client.get_transactions(m_cursor, m_size);
            if (!page && page.problem().code == "rpc.too_large" && m_size > 1) {
                m_size /= 2;
                continue;
            }
            auto got = std::move(page).value_or_throw();
            m_cursor = got.cursor;
            m_done = got.transactions.size() < m_size;
            return got;
        }
    }
    [[nodiscard]] bool done() const { return m_done; }

private:
    rpc::Client& m_client;
    std::uint32_t m_from;
    std::size_t m_size = k_page;
    std::string m_cursor;
    bool m_done = false;
};

struct Scan {
    rail::Statement& statement;
    const xdr::AccountId& account;
    std::uint32_t last_ledger; // inclusive
    bool saw_beginning = false;
};

// False when the page leads beyond the last ledger wanted.
bool take(const rpc::TransactionPage& page, Scan& scan) {
    for (const auto& transaction : page.transactions) {
        if (transaction.ledger > scan.last_ledger) return false;
        for (auto& line : movements_of(transaction, scan.account).value_or_throw()) {
            scan.saw_beginning = scan.saw_beginning || line.kind == rail::StatementLine::Kind::funding;
            if (line.position > scan.statement.from) scan.statement.lines.push_back(std::move(line));
        }
    }
    return true;
}

void mark_gap(rail::Statement& statement, std::string why) {
    statement.complete = false;
    if (statement.gap.empty()) statement.gap = std::move(why);
}

} // namespace

rail::Statement read_statement(rpc::Client& client, const Treasury& treasury, const Reading& reading) {
    const auto closing = load_closing(client, treasury);
    const auto health = client.get_health().value_or_throw();
    rail::Statement statement{.from = reading.from, .complete = true, .closing = closing.balances};
    const auto wanted = first_ledger_after(reading.from);
    const auto first = std::max(wanted, health.oldest_ledger);
    auto last = std::min(closing.ledger, health.latest_ledger);
    if (closing.last_modified > last)
        mark_gap(statement, fmt::format("the server's history ends at ledger {}, the balance is of ledger {}", last,
                                        closing.ledger));
    Scan scan{statement, treasury.account, last};
    Pages pages{client, first};
    std::size_t read = 0;
    while (first <= last && !pages.done()) {
        if (read++ == reading.most_pages) {
            mark_gap(statement, fmt::format("stopped after {} pages", reading.most_pages));
            break;
        }
        const auto page = pages.next();
        statement.closed_at = page.history.latest_close;
        if (!take(page, scan)) break;
    }
    if (first > wanted && (reading.from != 0 || !scan.saw_beginning))
        mark_gap(statement, fmt::format("the server's history begins at ledger {}", health.oldest_ledger));
    statement.to_ledger = last;
    statement.to = std::max(reading.from, (std::int64_t{last} << 32) | k_end_of_ledger);
    return statement;
}

} // namespace passa::stellar
