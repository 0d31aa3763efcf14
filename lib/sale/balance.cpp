// The rows are linked in both directions at once: a statement runs from its oldest row or from its newest, and within
// one moment in any order. The direction that gets further tells where the gap is.
#include "lib/base/text.hpp"
#include "lib/sale/row_money.hpp"
#include "lib/sale/survey.hpp"

#include <algorithm>

namespace passa::sale {
namespace {

constexpr std::size_t k_most_of_a_moment = 200; // more of one moment are taken as they stand

struct Booked {
    std::int64_t line = 0;
    money::Int128 moved = 0;
    money::Int128 balance = 0;
};

struct Gap {
    Booked entry;
    money::Int128 wanted = 0; // the balance that would follow
};

// One direction: what the next row's balance must be.
class Chain {
public:
    explicit Chain(bool newest_first) : m_newest_first(newest_first) {}

    void link(std::vector<Booked> moment) {
        if (m_gap || moment.empty()) return;
        if (!m_at) return begin(moment);
        if (const auto* entry = follow(moment)) m_gap = Gap{*entry, wanted(*entry)};
    }
    void forget() { m_at.reset(); } // a row in between could not be read
    [[nodiscard]] const std::optional<Gap>& gap() const { return m_gap; }

private:
    [[nodiscard]] money::Int128 before(const Booked& e) const {
        return m_newest_first ? e.balance : e.balance - e.moved;
    }
    [[nodiscard]] money::Int128 after(const Booked& e) const {
        return m_newest_first ? e.balance - e.moved : e.balance;
    }
    [[nodiscard]] money::Int128 wanted(const Booked& e) const { return m_newest_first ? *m_at : *m_at + e.moved; }

    // Takes what fits until nothing is left; else the first row that does not.
    const Booked* follow(std::vector<Booked>& moment) {
        const bool as_they_stand = moment.size() > k_most_of_a_moment;
        for (auto from = moment.begin(); from != moment.end(); ++from) {
            const auto end = as_they_stand ? from + 1 : moment.end();
            const auto next = std::find_if(from, end, [&](const Booked& e) { return before(e) == *m_at; });
            if (next == end) return &*from;
            m_at = after(*next);
            std::rotate(from, next, next + 1);
        }
        return nullptr;
    }

    // Of the first moment any row may be the first.
    void begin(std::vector<Booked>& moment) {
        const auto tries = moment.size() > k_most_of_a_moment ? 1 : moment.size();
        for (std::size_t i = 0; i < tries; ++i) {
            auto rest = moment;
            m_at = before(rest[i]);
            if (follow(rest) == nullptr) return;
        }
        m_at = before(moment.front());
        if (const auto* entry = follow(moment)) m_gap = Gap{*entry, wanted(*entry)};
    }

    bool m_newest_first;
    std::optional<money::Int128> m_at;
    std::optional<Gap> m_gap;
};

// Whether a row of that status moved money.
bool moves_money(std::string_view word, const Profile& profile) {
    const auto it = profile.status_words.find(to_lower(word));
    return it == profile.status_words.end() || (it->second != Status::pending && it->second != Status::ignore);
}

bool is_of_refused_rows(const Layout& layout) {
    return std::any_of(layout.header.begin(), layout.header.end(),
                       [](const auto& header) { return equals_ignoring_case(trim(header), "passa_reason"); });
}

[[noreturn]] void refuse_gap(const table::TextFile& file, const Gap& gap, const money::Asset& currency) {
    const auto text = [&](money::Int128 minor) { return money::Amount{minor, currency}.number(); };
    throw Error{
        {Kind::invalid_input,
         "sale.balance_gap",
         fmt::format("{}, line {}: the balance is {}, but from the row above it follows as {}: a row is missing, or "
                     "one was changed",
                     printable(file.name()), gap.entry.line, text(gap.entry.balance), text(gap.wanted)),
         "export the statement again and import it as it came, with all its rows",
         {},
         {},
         Place{file.name(), static_cast<int>(gap.entry.line), 1, "", ""}}};
}

} // namespace

void require_balances(table::TextFile& file, const Layout& layout, const Profile& profile,
                      const money::Asset& currency) {
    if (!layout.has(Column::balance) || is_of_refused_rows(layout)) return;
    file.rewind();
    const auto form = decimal_form(profile, layout, currency);
    const auto reader = open_rows(file, layout);
    Chain oldest_first{false}, newest_first{true};
    std::vector<Booked> moment;
    std::string time;
    const auto end_moment = [&] {
        oldest_first.link(moment);
        newest_first.link(moment);
        moment.clear();
    };
    for (table::Record record; reader->next(record);) {
        const auto balance = read_decimal(layout.field(record, Column::balance), form);
        const auto moved = read_moved(record, layout, form);
        const auto at = layout.field(record, Column::at);
        if (at.empty() || !moves_money(layout.field(record, Column::status), profile)) continue; // such as a sum below
        if (time != at) end_moment();
        time = at;
        if (balance.bad_code != nullptr || moved.bad_code != nullptr) { // the row is refused for itself
            end_moment();
            oldest_first.forget();
            newest_first.forget();
            continue;
        }
        moment.push_back({record.line, moved.minor, balance.minor});
        if (moment.size() > k_most_of_a_moment * 100) end_moment(); // one moment that never ends: as they stand
    }
    end_moment();
    const auto &old_gap = oldest_first.gap(), &new_gap = newest_first.gap();
    if (!old_gap || !new_gap) return;
    refuse_gap(file, old_gap->entry.line >= new_gap->entry.line ? *old_gap : *new_gap, currency);
}

} // namespace passa::sale
