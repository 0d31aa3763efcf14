// ECMA-376 part 1: 18.17.4 (serial dates), 18.8.30 (number formats).
#include "lib/table/cell_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <optional>

namespace passa::table {
namespace {

constexpr std::size_t k_meant_digits = 15;
constexpr int k_most_shift = 40;

// 0.digits times ten to the power of `point`.
struct Parsed {
    bool negative = false;
    std::string digits; // without leading zeros
    int point = 0;
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::optional<Parsed> parse(std::string_view text) {
    Parsed number;
    if (text.starts_with('-')) number.negative = true, text.remove_prefix(1);
    const auto mark = text.find_first_of("eE");
    auto mantissa = text.substr(0, mark);
    if (mark != std::string_view::npos) {
        auto power = text.substr(mark + 1);
        if (power.starts_with('+')) power.remove_prefix(1);
        const auto [end, error] = std::from_chars(power.data(), power.data() + power.size(), number.point);
        if (error != std::errc{} || end != power.data() + power.size() || std::abs(number.point) > k_most_shift)
            return {};
    }
    const auto point = mantissa.find('.');
    const auto whole = mantissa.substr(0, point);
    number.digits = whole;
    if (point != std::string_view::npos) number.digits += mantissa.substr(point + 1);
    if (number.digits.empty() || number.digits.size() > 60 ||
        !std::all_of(number.digits.begin(), number.digits.end(), is_digit))
        return {};
    number.point += static_cast<int>(whole.size());
    const auto zeros = std::min(number.digits.find_first_not_of('0'), number.digits.size());
    number.digits.erase(0, zeros);
    number.point -= static_cast<int>(zeros);
    return number;
}

// Half up at the digit behind the last one that is meant.
void round_to_meant(Parsed& number) {
    auto& digits = number.digits;
    if (digits.size() > k_meant_digits) {
        const bool up = digits[k_meant_digits] >= '5';
        digits.resize(k_meant_digits);
        auto at = digits.size();
        while (up && at > 0 && digits[at - 1] == '9') digits[--at] = '0';
        if (up && at > 0) ++digits[at - 1];
        if (up && at == 0) digits.insert(0, 1, '1'), ++number.point;
    }
    while (!digits.empty() && digits.back() == '0') digits.pop_back();
}

constexpr std::int64_t k_epoch_1970 =
    25569; // days from 1899-12-30, which makes up for a 29 February 1900 that never was
constexpr std::int64_t k_from_1904 = 1462;
constexpr std::int64_t k_last_day = 2958465; // 9999-12-31
constexpr std::int64_t k_seconds = 86400;
constexpr std::size_t k_fraction_digits = 12;

} // namespace

std::string number_text(std::string_view value, char decimal) {
    auto number = parse(value);
    if (!number) return std::string{value};
    round_to_meant(*number);
    if (number->digits.empty()) return "0";
    std::string text = number->digits;
    const auto size = static_cast<int>(text.size());
    if (number->point <= 0)
        text = std::string{"0"} + decimal + std::string(static_cast<std::size_t>(-number->point), '0') + text;
    else if (number->point >= size)
        text.append(static_cast<std::size_t>(number->point - size), '0');
    else
        text.insert(static_cast<std::size_t>(number->point), 1, decimal);
    return number->negative ? "-" + text : text;
}

std::string date_text(std::string_view value, bool since_1904) {
    const auto number = parse(value);
    if (!number || number->negative || number->point > 7) return number_text(value, '.');
    const auto split = static_cast<std::size_t>(std::max(number->point, 0));
    auto padded = std::string(static_cast<std::size_t>(std::max(-number->point, 0)), '0') + number->digits;
    if (padded.size() < split) padded.append(split - padded.size(), '0');
    std::int64_t days = 0, parts = 0, whole = 1;
    for (const char c : padded.substr(0, split)) days = days * 10 + (c - '0');
    for (const char c : padded.substr(split, k_fraction_digits)) parts = parts * 10 + (c - '0'), whole *= 10;
    auto seconds = (parts * k_seconds + whole / 2) / whole;
    if (seconds == k_seconds) seconds = 0, ++days;
    auto time = fmt::format("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    if (days == 0) return time;
    if (since_1904) days += k_from_1904;
    if (days > k_last_day || days < 61) return number_text(value, '.');
    const std::chrono::year_month_day day{std::chrono::sys_days{std::chrono::days{days - k_epoch_1970}}};
    const auto date = fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                                  static_cast<unsigned>(day.day()));
    return seconds == 0 ? date : date + " " + time;
}

std::size_t number_of(std::string_view text, std::size_t otherwise) {
    std::size_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() ? value : otherwise;
}

bool is_date_format(std::size_t id, std::string_view code) {
    if ((id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58))
        return true;
    bool quoted = false;
    for (std::size_t i = 0; i < code.size(); ++i) {
        const char c = code[i];
        if (c == '"') quoted = !quoted;
        if (quoted) continue;
        if (c == ';') return false; // the first section is that of what is above zero
        if (c == '\\' || c == '_' || c == '*') {
            ++i;               // the next sign stands for itself
        } else if (c == '[') { // a colour or a country; [h]: hours that go on
            const auto word = code.substr(i + 1, code.find(']', i) - i - 1);
            if (!word.empty() && word.find_first_not_of("hmsHMS") == std::string_view::npos) return true;
            i += word.size();
        } else if (std::string_view{"ymdhsYMDHS"}.find(c) != std::string_view::npos) {
            return true;
        }
    }
    return false;
}

} // namespace passa::table
