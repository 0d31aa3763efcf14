// Look, then insert the head and all postings, the latter in one statement because the balance guard sees statements.
#include "lib/ledger/journal.hpp"

#include "ledger_sql.hpp"

#include <algorithm>
#include <map>

namespace passa::ledger {
namespace {

struct Line {
    IdBytes account{};
    std::string asset_id;
    money::Int128 minor = 0;
    friend bool operator==(const Line&, const Line&) = default;
};

using Accounts = std::map<std::pair<AccountKey, std::string>, IdBytes>; // by key and asset: those looked up so far

IdBytes account_id(const Book& book, const AccountKey& key, const std::string& asset_id) {
    const auto find = [&] {
        return book.tx
            .run(sql::find_account, book.organizer, name(key.kind), key.event, key.party, key.treasury, asset_id)
            .find();
    };
    if (const auto row = find()) return row->get<IdBytes>("id");
    book.tx.run(sql::insert_account, book.organizer, book.ids.next(), name(key.kind), key.event, key.party,
                key.treasury, asset_id, book.now);
    return find()->get<IdBytes>("id"); // ours, or that of somebody who came first
}

IdBytes account_id(const Book& book, const Posting& posting, Accounts& known) {
    const auto& asset = posting.amount.asset().id;
    const auto [it, is_new] = known.try_emplace({posting.account, asset});
    if (is_new) it->second = account_id(book, posting.account, asset);
    return it->second;
}

// One line per account and asset, in the order first named.
std::vector<Line> to_lines(const Book& book, const std::vector<Posting>& postings, Accounts& known) {
    std::vector<Line> lines;
    for (const auto& posting : postings) {
        if (posting.amount.is_zero()) continue;
        const auto account = account_id(book, posting, known);
        const auto same = std::find_if(lines.begin(), lines.end(), [&](const Line& l) { return l.account == account; });
        if (same == lines.end())
            lines.push_back({account, posting.amount.asset().id, posting.amount.minor()});
        else if (__builtin_add_overflow(same->minor, posting.amount.minor(), &same->minor))
            throw Error{{Kind::failed, "money.overflow", "a posting grew beyond 128 bits", ""}};
    }
    std::erase_if(lines, [](const Line& l) { return l.minor == 0; });
    return lines;
}

std::vector<Line> load_lines(const Book& book, JournalId journal) {
    std::vector<Line> lines;
    for (const auto& row : book.tx.run(sql::load_postings, book.organizer, journal))
        lines.push_back(
            {row.get<IdBytes>("account_id"), row.get<std::string>("asset_id"), row.get<money::Int128>("amount")});
    return lines;
}

void insert_lines(const Book& book, JournalId journal, const std::vector<Line>& lines) {
    std::vector<std::string> accounts, assets, amounts;
    for (const auto& line : lines) {
        accounts.push_back(id_text::uuid(line.account));
        assets.push_back(line.asset_id);
        amounts.push_back(money::to_text(line.minor));
    }
    book.tx.run(sql::insert_postings, book.organizer, journal, accounts, assets, amounts);
}

void require_balance(const Entry& entry, const std::vector<Line>& lines) {
    std::map<std::string, money::Int128> sums;
    for (const auto& line : lines) sums[line.asset_id] += line.minor;
    for (const auto& [asset_id, sum] : sums)
        if (sum != 0)
            throw Error{
                {Kind::internal, "ledger.unbalanced",
                 fmt::format("a {} entry is off by {} minor units of {}", entry.kind, money::to_text(sum), asset_id),
                 ""}};
}

std::vector<Line> checked_lines(const Book& book, const Entry& entry, const std::vector<Posting>& postings,
                                Accounts& known) {
    auto lines = to_lines(book, postings, known);
    if (lines.empty())
        throw Error{{Kind::internal, "ledger.empty", fmt::format("a {} entry has no postings", entry.kind), ""}};
    require_balance(entry, lines);
    return lines;
}

// The rows of many entries, column by column.
struct Columns {
    std::vector<std::string> ids, causes;                                 // of heads
    std::vector<std::string> journals, places, accounts, assets, amounts; // of postings

    void add(JournalId id, const IdBytes& cause, const std::vector<Line>& lines) {
        ids.push_back(id.uuid());
        causes.push_back(id_text::uuid(cause));
        for (std::size_t i = 0; i < lines.size(); ++i) {
            journals.push_back(id.uuid());
            places.push_back(std::to_string(i + 1));
            accounts.push_back(id_text::uuid(lines[i].account));
            assets.push_back(lines[i].asset_id);
            amounts.push_back(money::to_text(lines[i].minor));
        }
    }
};

bool is_any_known(const Book& book, const Entry& common, const std::vector<std::string>& causes) {
    return !book.tx.run(sql::find_journals, book.organizer, common.kind, causes, common.key).empty();
}

} // namespace

std::vector<JournalId> post_each(const Book& book, const Entry& common, const std::vector<Alike>& entries) {
    Accounts accounts;
    Columns columns;
    std::vector<JournalId> ids;
    for (const auto& entry : entries) {
        ids.push_back(book.ids.make<JournalTag>());
        columns.add(ids.back(), entry.cause, checked_lines(book, common, entry.postings, accounts));
    }
    if (entries.empty()) return ids;
    if (is_any_known(book, common, columns.causes)) { // one by one: the same again changes nothing
        ids.clear();
        for (const auto& entry : entries) {
            auto one = common;
            one.cause = entry.cause;
            one.postings = entry.postings;
            ids.push_back(post(book, one));
        }
        return ids;
    }
    book.tx.run(sql::insert_journals, book.organizer, columns.ids, common.kind, columns.causes, common.key,
                common.event, common.effective_at, book.now, common.note);
    book.tx.run(sql::insert_postings_of, book.organizer, columns.journals, columns.places, columns.accounts,
                columns.assets, columns.amounts);
    return ids;
}

JournalId post(const Book& book, const Entry& entry) {
    Accounts accounts;
    const auto lines = checked_lines(book, entry, entry.postings, accounts);
    if (const auto row = book.tx.run(sql::find_journal, book.organizer, entry.kind, entry.cause, entry.key).find()) {
        const auto known = row->get<JournalId>("id");
        if (load_lines(book, known) == lines) return known;
        throw Error{{Kind::conflict, "ledger.cause_differs",
                     fmt::format("{} was posted before with other figures, as {}", entry.kind, known),
                     "look at it with: passa ledger journal"}};
    }
    const auto id = book.ids.make<JournalTag>();
    book.tx.run(sql::insert_journal, book.organizer, id, entry.kind, entry.cause, entry.key, entry.event,
                entry.effective_at, book.now, std::optional<JournalId>{}, entry.note);
    insert_lines(book, id, lines);
    return id;
}

JournalId reverse(const Book& book, JournalId original, std::string_view note) {
    if (const auto row = book.tx.run(sql::find_reversal, book.organizer, original).find())
        return row->get<JournalId>("id");
    const auto head = book.tx.run(sql::get_journal, book.organizer, original).find();
    if (!head)
        throw Error{{Kind::not_found, "ledger.no_entry", fmt::format("there is no journal entry {}", original), ""}};
    auto lines = load_lines(book, original);
    for (auto& line : lines) line.minor = -line.minor;
    const auto id = book.ids.make<JournalTag>();
    book.tx.run(sql::insert_journal, book.organizer, id, "reversal", original.bytes(), "",
                head->get<std::optional<EventId>>("event_id"), book.now, book.now, std::optional{original}, note);
    insert_lines(book, id, lines);
    return id;
}

} // namespace passa::ledger
