// Numbers and words, one after the other; the order decides what the first three numbers are.
#include "lib/sale/moment.hpp"

#include "lib/base/text.hpp"
#include "lib/base/time.hpp"

namespace passa::sale {
namespace {

constexpr std::string_view k_months = "janfebmaraprmayjunjulaugsepoctnovdec";

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

struct Number {
    int value = -1; // -1: there was none
    int digits = 0;
};

class Scanner {
public:
    explicit Scanner(std::string_view text) : m_text(text) {}
    [[nodiscard]] bool done() const { return m_at == m_text.size(); }
    [[nodiscard]] char peek() const { return done() ? '\0' : m_text[m_at]; }
    [[nodiscard]] std::string_view rest() const { return m_text.substr(m_at); }
    bool take(char c) { return peek() == c && !done() ? (++m_at, true) : false; }
    void blanks() {
        while (peek() == ' ' && !done()) ++m_at;
        if (rest().starts_with("\xE2\x80\xAF")) m_at += 3; // U+202F stands in front of AM and PM in newer exports
    }
    Number number(int most) {
        Number n;
        while (!done() && is_digit(peek()) && n.digits < most) {
            n.value = (n.value < 0 ? 0 : n.value) * 10 + (m_text[m_at++] - '0');
            ++n.digits;
        }
        return n;
    }
    std::string_view word() {
        const auto start = m_at;
        while (!done() && is_letter(peek())) ++m_at;
        return m_text.substr(start, m_at - start);
    }

private:
    std::string_view m_text;
    std::size_t m_at = 0;
};

int month_named(std::string_view word) {
    if (word.size() < 3) return -1;
    const auto at = k_months.find(to_lower(word.substr(0, 3)));
    return at == std::string_view::npos || at % 3 != 0 ? -1 : static_cast<int>(at / 3) + 1;
}

struct Date {
    int year = -1, month = -1, day = -1;
};

int full_year(Number n) { return n.digits == 2 ? 2000 + n.value : n.digits == 4 ? n.value : -1; }

// "Sep 26, 2026" or "26 Sep 2026"
Date named_date(Scanner& in, Number day) {
    Date date;
    date.month = month_named(in.word());
    in.take('.');
    in.blanks();
    in.take('-');
    date.day = day.value >= 0 ? day.value : in.number(2).value;
    in.take(',');
    in.blanks();
    date.year = full_year(in.number(4));
    return date;
}

Date scan_date(Scanner& in, DateOrder order) {
    if (is_letter(in.peek())) return named_date(in, {});
    const auto a = in.number(4);
    in.blanks();
    if (is_letter(in.peek()) && in.peek() != 'T') return named_date(in, a);
    const char separator = in.peek();
    if (!in.take('-') && !in.take('/') && !in.take('.')) return {};
    if (is_letter(in.peek())) return named_date(in, a);
    const auto b = in.number(2);
    if (!in.take(separator)) return {};
    const auto c = in.number(4);
    if (a.digits == 4) return {a.value, b.value, c.digits <= 2 ? c.value : -1};
    if (order == DateOrder::year_first) return {};
    const int year = full_year(c);
    return order == DateOrder::month_first ? Date{year, a.value, b.value} : Date{year, b.value, a.value};
}

struct TimeOfDay {
    int hour = 0, minute = 0, second = 0;
    std::string fraction;
    bool ok = true;
};

TimeOfDay scan_time(Scanner& in) {
    TimeOfDay t;
    t.hour = in.number(2).value;
    if (!in.take(':')) return {0, 0, 0, {}, false};
    t.minute = in.number(2).value;
    if (in.take(':')) t.second = in.number(2).value;
    if (in.take('.'))
        while (!in.done() && is_digit(in.peek())) {
            if (t.fraction.size() < 6) t.fraction += in.peek();
            in.take(in.peek());
        }
    in.blanks();
    const auto half = is_letter(in.peek()) && in.peek() != 'Z' ? to_lower(in.word()) : std::string{};
    if (!half.empty()) {
        if ((half != "am" && half != "pm") || t.hour < 1 || t.hour > 12) t.ok = false;
        t.hour = t.hour % 12 + (half == "pm" ? 12 : 0);
    }
    t.ok = t.ok && t.hour >= 0 && t.hour < 24 && t.minute >= 0 && t.minute < 60 && t.second >= 0 && t.second < 60;
    return t;
}

// Z, +03, +0300, +03:00; empty: none. False: not an offset.
bool scan_offset(Scanner& in, std::string& offset) {
    in.blanks();
    if (in.done()) return true;
    if (in.take('Z')) return offset = "+00", in.done();
    const char sign = in.peek();
    if (!in.take('+') && !in.take('-')) return false;
    const auto hours = in.number(2);
    in.take(':');
    const auto minutes = in.number(2);
    if (hours.digits != 2 || hours.value > 15 || minutes.value > 59 || minutes.digits == 1) return false;
    offset = fmt::format("{}{:02}:{:02}", sign, hours.value, minutes.value < 0 ? 0 : minutes.value);
    return in.done();
}

} // namespace

Moment read_moment(std::string_view date, std::string_view time, DateOrder order) {
    Scanner in{trim(date)};
    const auto day = scan_date(in, order);
    const std::chrono::year_month_day ymd{std::chrono::year{day.year},
                                          std::chrono::month{static_cast<unsigned>(day.month)},
                                          std::chrono::day{static_cast<unsigned>(day.day)}};
    if (day.year < 1970 || day.year > 2200 || day.month < 1 || day.day < 1 || !ymd.ok())
        return {{},
                order == DateOrder::year_first    ? "is not a date with the year first"
                : order == DateOrder::month_first ? "is not a date with the month first"
                                                  : "is not a date with the day first"};
    in.take(',');
    in.blanks();
    static_cast<void>(in.take('T'));
    TimeOfDay at;
    std::string offset;
    if (in.done() && !trim(time).empty()) in = Scanner{trim(time)};
    if (!in.done()) {
        at = scan_time(in);
        if (!at.ok || !scan_offset(in, offset)) return {{}, "has a time of day that cannot be read"};
    }
    Moment moment;
    auto out = std::back_inserter(moment.text);
    fmt::format_to(out, "{:04}-{:02}-{:02} {:02}:{:02}:{:02}", day.year, day.month, day.day, at.hour, at.minute,
                   at.second);
    if (!at.fraction.empty()) moment.text += "." + at.fraction;
    moment.text += offset;
    return moment;
}

} // namespace passa::sale
