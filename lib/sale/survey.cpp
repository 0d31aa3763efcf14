// Every row votes; one clear row decides for all, two that contradict each other refuse the file.
#include "lib/sale/survey.hpp"

#include "lib/base/text.hpp"
#include "lib/sale/moment.hpp"
#include "lib/sale/zone_word.hpp"

#include <algorithm>
#include <array>

namespace passa::sale {
namespace {

// A text of the file that speaks for one reading, and its line.
struct Witness {
    std::int64_t line = 0;
    std::string text;
};

void keep_first(std::optional<Witness>& kept, std::int64_t line, std::string_view text) {
    if (!kept) kept = Witness{line, printable(text, 40)};
}

[[noreturn]] void refuse_file(const table::TextFile& file, std::int64_t line, Problem problem) {
    problem.message = fmt::format("{}: {}", printable(file.name()), problem.message);
    problem.place = Place{file.name(), static_cast<int>(line), 1, "", ""};
    throw Error{std::move(problem)};
}

std::string own_profile(const Profile& profile, std::string_view line) {
    return fmt::format("in a profile of your own say {}: passa sale profiles --yaml {} > templates/import/mine.yaml",
                       line, profile.name);
}

class DateVote {
public:
    void hear(std::int64_t line, std::string_view text) {
        if (text.empty()) return;
        const auto day = read_moment(text, {}, DateOrder::day_first),
                   month = read_moment(text, {}, DateOrder::month_first);
        const bool is_day = day.bad_reason == nullptr, is_month = month.bad_reason == nullptr;
        if (!is_day && !is_month) return;                         // no date: the row says so
        if (is_day && is_month && day.text == month.text) return; // 05/05, or the year first
        const bool has_points =
            text.find_first_not_of("0123456789") < text.size() &&
            text[text.find_first_not_of("0123456789")] == '.'; // 10.01.2026: nobody begins with the month
        if (is_day && (!is_month || has_points))
            keep_first(m_day, line, text);
        else if (is_month && !is_day)
            keep_first(m_month, line, text);
        else
            keep_first(m_unclear, line, text);
    }

    [[nodiscard]] DateOrder decide(const table::TextFile& file, const Profile& profile) const {
        if (m_day && m_month)
            refuse_file(
                file, m_month->line,
                {Kind::invalid_input, "sale.date_order",
                 fmt::format(
                     "line {} has the day first ({}), line {} the month ({}); so no date of this file can be trusted",
                     m_day->line, m_day->text, m_month->line, m_month->text),
                 "export it again in one piece: the two orders come from two settings of the account"});
        if (m_unclear && !m_day && !m_month)
            refuse_file(file, m_unclear->line,
                        {Kind::invalid_input, "sale.dates_unclear",
                         fmt::format("every date can be read with the day or the month first, as {} of line {}",
                                     m_unclear->text, m_unclear->line),
                         own_profile(profile, "dates: day-first (or month-first)")});
        return m_month ? DateOrder::month_first : DateOrder::day_first;
    }

private:
    std::optional<Witness> m_day, m_month, m_unclear;
};

class DecimalVote {
public:
    void hear(std::int64_t line, std::string_view text) {
        const auto count = [&](char c) { return std::count(text.begin(), text.end(), c); };
        const auto points = count('.'), commas = count(',');
        if (points + commas == 0) return;
        if (points > 0 && commas > 0) return vote(text.rfind('.') > text.rfind(',') ? '.' : ',', line, text);
        const char sign = points > 0 ? '.' : ',';
        if (points + commas > 1) return vote(other(sign), line, text); // 1.234.567
        const auto behind = text.substr(text.rfind(sign) + 1);
        const auto digits = std::min(behind.find_first_not_of("0123456789"), behind.size());
        if (digits == 3) // 1,250: one and a quarter, or a thousand and more
            keep_first(m_unclear, line, text);
        else
            vote(sign, line, text);
    }

    [[nodiscard]] char decide(const table::TextFile& file, const Profile& profile) const {
        if (m_point && m_comma)
            refuse_file(
                file, m_comma->line,
                {Kind::invalid_input, "sale.decimal_unclear",
                 fmt::format("line {} has a decimal point ({}), line {} a comma ({}); so no amount of this file can be "
                             "trusted",
                             m_point->line, m_point->text, m_comma->line, m_comma->text),
                 "export it again in one piece: the two signs come from two settings of the account"});
        if (m_unclear && !m_point && !m_comma)
            refuse_file(file, m_unclear->line,
                        {Kind::invalid_input, "sale.decimal_unclear",
                         fmt::format("no amount shows which sign is the decimal one, as {} of line {}", m_unclear->text,
                                     m_unclear->line),
                         own_profile(profile, "decimal: point with thousands: comma (or the other way round)")});
        return m_comma ? ',' : '.';
    }

private:
    static char other(char sign) { return sign == '.' ? ',' : '.'; }
    void vote(char sign, std::int64_t line, std::string_view text) {
        keep_first(sign == '.' ? m_point : m_comma, line, text);
    }
    std::optional<Witness> m_point, m_comma, m_unclear;
};

constexpr std::array k_amounts{Column::unit_price, Column::gross,        Column::taken,       Column::discount,
                               Column::tax,        Column::fee_platform, Column::fee_payment, Column::fee_tax,
                               Column::net,        Column::refunded,     Column::balance};

// Whether it is a name to look up.
bool note_zone(std::string_view word, const Profile& profile, std::set<std::string>& zones) {
    if (word.empty() || offset_of_zone(word, profile)) return true;
    const bool is_known = is_zone_name(word) && (zones.size() < k_most_zones || zones.contains(std::string{word}));
    if (is_known) zones.emplace(word);
    return is_known;
}

[[noreturn]] void refuse_zone(const table::TextFile& file, std::int64_t line, std::string_view word,
                              const Profile& profile) {
    refuse_file(
        file, line,
        {Kind::invalid_input, "sale.zone",
         fmt::format("line {} is in the zone '{}', which passa does not know", line, printable(word, 40)),
         own_profile(profile, fmt::format("zones: [{{name: \"{}\", offset: \"+05:30\"}}]", printable(word, 40)))});
}

} // namespace

Survey survey(table::TextFile& file, const Layout& layout, const Profile& profile) {
    Survey found{profile.dialect, {}};
    const bool has_zones = layout.has(Column::at_zone);
    if (!profile.dates_by_file && !profile.decimal_by_file && !has_zones) return found;
    file.rewind();
    const auto reader = open_rows(file, layout);
    DateVote dates;
    DecimalVote decimals;
    table::Record record;
    while (reader->next(record)) {
        for (const auto column : {Column::at, Column::refunded_at})
            dates.hear(record.line, layout.field(record, column));
        for (const auto column : k_amounts) decimals.hear(record.line, layout.field(record, column));
        const auto zone = layout.field(record, Column::at_zone);
        if (!note_zone(zone, profile, found.zones)) refuse_zone(file, record.line, zone, profile);
    }
    if (profile.dates_by_file) found.dialect.dates = dates.decide(file, profile);
    if (profile.decimal_by_file) {
        found.dialect.decimal = decimals.decide(file, profile);
        found.dialect.thousands = found.dialect.decimal == '.' ? ',' : '.';
    }
    return found;
}

} // namespace passa::sale
