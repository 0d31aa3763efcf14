// Balances first, as of one ledger; then the history up to that ledger. So the lines and the closing balance belong
// together however many ledgers close meanwhile.
#include "lib/stellar/statement.hpp"

#include "lib/base/text.hpp"
#include "lib/stellar/rail.hpp"
#include "lib/stellar/rpc/read_ledger.hpp"

#include <algorithm>

namespace passa::stellar {
namespace {

constexpr std::size_t k_page = 200; // the most that servers give as they come

std::uint32_t first_ledger_after(std::int64_t position) {
    const auto ledger = static_cast<std::uint32_t>(position >> 32);
    return (position & k_end_of_ledger) == k_end_of_ledger ? ledger + 1 : ledger;
}

struct Closing {
    std::vector<money::Amount> balances;
    std::uint32_t ledger = 0;
    std::uint32_t last_modified = 0;
    std::optional<std::uint32_t> born_by; // the newest ledger that can have made the account; none: there is none
};

// Sequence numbers begin at the ledger that made the account, in the upper half, and only rise.
std::uint32_t newest_birth(const xdr::AccountEntry& account) {
    return static_cast<std::uint32_t>(account.seq_num >> 32);
}

Closing load_closing(rpc::Client& client, const Treasury& treasury) {
    const auto asset = tx::parse_asset(treasury.asset.id).value_or_throw();
    const bool issued = asset.type() != xdr::AssetType::native;
    std::vector<xdr::LedgerKey> keys{rpc::account_key(treasury.account)};
    if (issued) keys.push_back(rpc::trustline_key(treasury.account, asset));
    const auto snapshot = rpc::Snapshot::load(client, keys).value_or_throw();
    const auto* account = snapshot.find_account(treasury.account);
    Closing closing{
        {{account == nullptr ? 0 : account->balance, {"XLM", 7}}}, snapshot.ledger(), snapshot.last_modified(), {}};
    if (account != nullptr) closing.born_by = newest_birth(*account);
    if (!issued) return closing;
    const auto* line = snapshot.find_trustline(treasury.account, asset);
    closing.balances.emplace_back(line == nullptr ? 0 : line->balance, treasury.asset);
    return closing;
}

// One page after the other, until one shows nothing new: a server may give fewer than asked for though there are more.
// A page that is too large for one answer, or for a server, is asked for in smaller ones. Pages may come from
// different servers, one of which knows less than another.
class Pages {
public:
    Pages(rpc::Client& client, std::uint32_t first) : m_client(client), m_first(first), m_reached(first) {}

    rpc::TransactionPage next() {
        for (;;) {
            auto page = m_cursor.empty() ? m_client.get_transactions(m_reached, m_size)
                                         : m_client.get_transactions(m_cursor, m_size);
            if (page) return note(std::move(page).value());
            if (page.problem().code == "rpc.refused" && skip_forgotten()) continue;
            if (m_size == 1 || !is_too_large(page.problem())) return std::move(page).value_or_throw();
            m_size /= 2;
        }
    }
    [[nodiscard]] bool done() const { return m_done; }
    [[nodiscard]] bool stuck() const { return m_stuck; }            // shown the same again: nobody knows what follows
    [[nodiscard]] std::uint32_t latest() const { return m_latest; } // of the last page's server
    [[nodiscard]] Instant latest_close() const { return m_latest_close; }
    [[nodiscard]] std::uint32_t first() const { return m_first; }
    [[nodiscard]] std::uint32_t reached() const { return m_reached; } // the ledger in which the next page begins
    [[nodiscard]] std::uint32_t begins_at() const {
        return m_begins_at;
    } // newest ledger before which some may lack; 0: none

private:
    rpc::TransactionPage note(rpc::TransactionPage page) {
        if (page.history.oldest_ledger > m_reached) m_begins_at = page.history.oldest_ledger;
        m_latest = page.history.latest_ledger;
        m_latest_close = page.history.latest_close;
        m_cursor = page.cursor;
        m_stuck = !page.transactions.empty() && place_of(page.transactions.back()) <= m_seen;
        m_done = page.transactions.empty() || m_stuck;
        std::erase_if(page.transactions, [&](const auto& transaction) { return place_of(transaction) <= m_seen; });
        if (m_done) return page;
        m_reached = page.transactions.back().ledger;
        m_seen = place_of(page.transactions.back());
        return page;
    }
    static std::pair<std::uint32_t, std::uint32_t> place_of(const rpc::Transaction& transaction) {
        return {transaction.ledger, transaction.order};
    }
    // stellar-rpc calls a limit beyond its own an invalid request, and says so; others may call it invalid parameters.
    static bool is_too_large(const Problem& problem) {
        if (problem.code != "rpc.refused") return problem.code == "rpc.too_large";
        const auto is = [&](const char* number) {
            return std::find(problem.facts.begin(), problem.facts.end(),
                             std::pair{std::string{"rpc_code"}, std::string{number}}) != problem.facts.end();
        };
        return is("-32602") || (is("-32600") && to_lower(problem.message).find("limit") != std::string::npos);
    }
    // Servers keep so many ledgers: the oldest ones go while we read.
    bool skip_forgotten() {
        const auto oldest = m_client.get_health().value_or_throw().oldest_ledger;
        if (oldest <= m_reached) return false;
        m_begins_at = m_reached = oldest;
        m_cursor.clear();
        return true;
    }

    rpc::Client& m_client;
    std::uint32_t m_first;
    std::uint32_t m_reached;
    std::uint32_t m_latest = 0;
    Instant m_latest_close{};
    std::uint32_t m_begins_at = 0;
    std::size_t m_size = k_page;
    std::string m_cursor;
    std::pair<std::uint32_t, std::uint32_t> m_seen; // the newest transaction
    bool m_done = false;
    bool m_stuck = false;
};

struct Scan {
    rail::Statement& statement;
    const xdr::AccountId& account;
    const NetworkId& network;
    std::uint32_t last_ledger;       // inclusive
    std::uint32_t closed_ledger = 0; // the newest up to the last one whose close time is known
    Instant closed_at{};

    void note_close(std::uint32_t ledger, Instant at) {
        if (ledger > last_ledger || ledger <= closed_ledger) return;
        closed_ledger = ledger;
        closed_at = at;
    }
};

// False when the page leads beyond the last ledger wanted.
bool take(const rpc::TransactionPage& page, Scan& scan) {
    for (const auto& transaction : page.transactions) {
        if (transaction.ledger > scan.last_ledger) return false;
        scan.note_close(transaction.ledger, transaction.closed_at);
        for (auto& line : movements_of(transaction, scan.account, scan.network).value_or_throw())
            if (line.position > scan.statement.from) scan.statement.lines.push_back(std::move(line));
    }
    scan.note_close(page.history.latest_ledger, page.history.latest_close);
    return true;
}

void mark_gap(rail::Statement& statement, std::string why) {
    statement.complete = false;
    if (statement.gap.empty()) statement.gap = std::move(why);
}

// What follows is for the next reading. The newest ledger on the last page may go on behind it.
void end_before(Scan& scan, std::uint32_t ledger) {
    scan.statement.more = true;
    scan.last_ledger = ledger - 1;
    scan.closed_ledger = 0;
    scan.closed_at = {};
    std::erase_if(scan.statement.lines, [&](const auto& line) { return line.position >> 32 > scan.last_ledger; });
}

void read_pages(Pages& pages, Scan& scan, std::size_t most) {
    for (std::size_t read = 0; !pages.done(); ++read) {
        if (read >= most && pages.reached() > pages.first()) return end_before(scan, pages.reached());
        if (!take(pages.next(), scan)) return;
    }
    if (pages.stuck())
        mark_gap(scan.statement, fmt::format("a server's pages lead nowhere after ledger {}", pages.reached()));
    if (pages.latest() >= scan.last_ledger) return;
    if (pages.latest() < pages.reached()) // less than what another server told before
        return mark_gap(scan.statement, fmt::format("a server's history ends at ledger {}", pages.latest()));
    scan.last_ledger = scan.closed_ledger = pages.latest();
    scan.closed_at = pages.latest_close();
}

// Whether nothing of the account can have been before the history begins: it opens with the account's birth, or the
// account may not be born yet where it ends, which the balances decide at the last stretch: its number then lies behind
// the end, as it does after a bump. What was born before and has only not moved is no such account.
bool shows_beginning(const Scan& scan, const Closing& closing, std::uint32_t begins_at) {
    const auto& lines = scan.statement.lines;
    if (!lines.empty())
        return lines.front().kind == rail::StatementLine::Kind::funding && lines.front().position >> 32 >= begins_at;
    return !closing.born_by || (scan.statement.more && *closing.born_by > scan.last_ledger);
}

// The statement speaks for the close of its last ledger. Where no answer told it, the ledger is asked for; failing that
// an earlier close stands, from which less is concluded, or none.
Instant find_close(rpc::Client& client, Scan& scan) {
    if (scan.closed_ledger == scan.last_ledger) return scan.closed_at;
    const auto page = client.get_ledgers(scan.last_ledger, 1);
    if (page && !page->ledgers.empty()) scan.note_close(page->ledgers[0].sequence, page->ledgers[0].closed_at);
    return scan.closed_at;
}

} // namespace

rail::Statement read_statement(rpc::Client& client, const Treasury& treasury, const Reading& reading) {
    const auto closing = load_closing(client, treasury);
    const auto health = client.get_health().value_or_throw();
    rail::Statement statement{.from = reading.from, .complete = true, .closing = closing.balances};
    const auto wanted = first_ledger_after(reading.from);
    const auto first = std::max(wanted, health.oldest_ledger);
    Scan scan{statement, treasury.account, client.network_id(), std::min(closing.ledger, health.latest_ledger)};
    if (health.latest_close) scan.note_close(health.latest_ledger, *health.latest_close);
    Pages pages{client, first};
    if (first <= scan.last_ledger) read_pages(pages, scan, reading.most_pages);
    const auto last = scan.last_ledger;
    if (closing.last_modified > last && !statement.more)
        mark_gap(statement, fmt::format("the server's history ends at ledger {}, the balance is of ledger {}", last,
                                        closing.ledger));
    const auto begins_at = std::max(pages.begins_at(), first > wanted ? first : 0);
    if (begins_at > 0 && (reading.from != 0 || !shows_beginning(scan, closing, begins_at)))
        mark_gap(statement, fmt::format("the server's history begins at ledger {}", begins_at));
    statement.to_ledger = last;
    statement.to = std::max(reading.from, (std::int64_t{last} << 32) | k_end_of_ledger);
    statement.closed_at = find_close(client, scan);
    return statement;
}

} // namespace passa::stellar
