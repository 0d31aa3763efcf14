// One spelling of names, two of entries.
#include "lib/ledger/plain_text.hpp"

#include "lib/base/text.hpp"

#include <algorithm>
#include <set>

namespace passa::ledger {
namespace {

constexpr std::size_t k_issuer_end = 8; // beancount takes at most 24 characters: a code of 12, a dash and these
constexpr std::size_t k_longest_note = 500;

std::string_view root_of(std::string_view kind) {
    for (const auto asset : {"gateway_receivable", "treasury"})
        if (kind == asset) return "Assets";
    for (const auto expense : {"platform_fee", "payment_fee", "network_fee", "expense"})
        if (kind == expense) return "Expenses";
    for (const auto equity : {"funding", "fx", "fx_rounding"})
        if (kind == equity) return "Equity";
    return "Liabilities"; // what is owed on: to parties, creators, the tax authority, or not known yet to whom
}

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

std::string capitalised(std::string_view word) {
    std::string text{word};
    if (!text.empty()) text.front() = upper(text.front());
    return text;
}

std::string kind_word(std::string_view kind) {
    std::string word;
    for (const auto part : split_at(kind, '_')) word += capitalised(part);
    return word;
}

std::string commodity_of(const money::Asset& asset) {
    std::string word{asset.code()};
    std::transform(word.begin(), word.end(), word.begin(), upper);
    if (word.front() >= '0' && word.front() <= '9') word.insert(0, "X"); // beancount: a letter first
    if (!asset.is_issued()) return word;
    return word + "-" + asset.id.substr(asset.id.size() - std::min(k_issuer_end, asset.id.size()));
}

std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + '"';
}

// hledger ends a description at a semicolon and parts it at a bar.
std::string description(const JournalLine& line) {
    auto note = printable(line.note, k_longest_note);
    std::replace(note.begin(), note.end(), ';', ',');
    std::replace(note.begin(), note.end(), '|', '/');
    return note.empty() ? line.kind : fmt::format("{} | {}", line.kind, note);
}

} // namespace

std::string account_path(const AccountName& account) {
    auto path = fmt::format("{}:{}", root_of(account.kind), kind_word(account.kind));
    if (account.event) path += ":" + capitalised(*account.event);
    // No name has a capital inside, so this one is free: an account of a party is never taken for one of an event.
    if (!account.event && (account.party || account.treasury)) path += ":NoEvent";
    for (const auto& part : {account.party, account.treasury})
        if (part) path += ":" + capitalised(*part);
    return path;
}

PlainText::PlainText(Dialect dialect, std::vector<KnownAccount> accounts)
    : m_dialect(dialect), m_accounts(std::move(accounts)) {
    std::map<std::string, std::string> taken;
    for (const auto& account : m_accounts) {
        const auto word = commodity_of(account.asset);
        const auto [it, is_new] = taken.emplace(word, account.asset.id);
        if (!is_new && it->second != account.asset.id)
            throw Error{
                {Kind::failed, "ledger.same_commodity",
                 fmt::format("the assets {} and {} would both be called {}", it->second, account.asset.id, word),
                 "use --format csv or jsonl, which name assets in full"}};
        m_commodities.emplace(account.asset, word);
    }
}

std::string PlainText::head() const {
    std::string text = "; the journal of passa; debits are positive, days are those of the organizer's zone\n\n";
    const auto since = std::min_element(m_accounts.begin(), m_accounts.end(),
                                        [](const auto& a, const auto& b) { return a.since < b.since; });
    for (const auto& [asset, word] : m_commodities)
        text += m_dialect == Dialect::hledger
                    ? fmt::format("commodity {} ; {}\n", amount(money::parse_number("1000", asset).value_or_throw()),
                                  asset.id)
                    : fmt::format("{} commodity {}\n  asset: {}\n", to_text(since->since), word, quoted(asset.id));
    text += "\n";
    std::map<std::string, Day> opened;
    for (const auto& account : m_accounts) {
        const auto [it, is_new] = opened.emplace(account_path(account.name), account.since);
        it->second = std::min(it->second, account.since);
    }
    for (const auto& [path, day] : opened)
        text += m_dialect == Dialect::hledger ? fmt::format("account {}\n", path)
                                              : fmt::format("{} open {}\n", to_text(day), path);
    return text;
}

std::string PlainText::amount(const money::Amount& amount) const {
    const auto& word = m_commodities.at(amount.asset());
    if (m_dialect == Dialect::beancount) return fmt::format("{} {}", amount.number(), word);
    const auto point = amount.asset().scale == 0 ? "." : ""; // hledger wants to see the decimal mark
    return amount.asset().is_issued() ? fmt::format("{}{} \"{}\"", amount.number(), point, word)
                                      : fmt::format("{}{} {}", amount.number(), point, word);
}

std::string PlainText::opening(const JournalLine& first) const {
    if (m_dialect == Dialect::hledger)
        return fmt::format("\n{} {}\n    ; entry: {}, posted: {}\n", to_text(first.day), description(first),
                           first.journal.text(), to_text(first.posted_at));
    return fmt::format("\n{} * {} {}\n  entry: {}\n  posted: {}\n", to_text(first.day), quoted(first.kind),
                       quoted(printable(first.note, k_longest_note)), quoted(first.journal.text()),
                       quoted(to_text(first.posted_at)));
}

std::string PlainText::entries(std::span<const JournalLine> lines) const {
    std::string text;
    JournalId current;
    for (const auto& line : lines) {
        if (text.empty() || line.journal != current) text += opening(line);
        current = line.journal;
        text += fmt::format("    {}  {}\n", account_path(line.account), amount(line.amount));
    }
    return text;
}

} // namespace passa::ledger
