// Peel off blanks, brackets and currency; then digits alone decide.
#include "lib/sale/decimal.hpp"

#include "lib/base/text.hpp"
#include "lib/money/bound.hpp"

#include <algorithm>

namespace passa::sale {
namespace {

Decimal refuse(const char* code, std::string reason) { return {0, code, std::move(reason)}; }

// U+00A0 and U+202F: some locales group and separate with them.
std::string_view trim_wide(std::string_view text) {
    for (;;) {
        text = trim(text);
        if (text.starts_with("\xC2\xA0"))
            text.remove_prefix(2);
        else if (text.ends_with("\xC2\xA0"))
            text.remove_suffix(2);
        else if (text.starts_with("\xE2\x80\xAF"))
            text.remove_prefix(3);
        else if (text.ends_with("\xE2\x80\xAF"))
            text.remove_suffix(3);
        else
            return text;
    }
}

bool is_number_char(char c) {
    return is_digit(c) || c == '.' || c == ',' || c == '-' || c == '+' || c == '(' || c == ')';
}

// The currency named in `word`, a sign or a code; empty when it is neither.
std::string currency_of(std::string_view word, const DecimalForm& form) {
    if (form.signs != nullptr)
        if (const auto it = form.signs->find(std::string{word}); it != form.signs->end()) return it->second;
    if (word == form.currency.substr(0, form.currency.find(':'))) return form.currency;
    const bool is_code =
        word.size() == 3 && std::all_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    return is_code ? std::string{word} : std::string{};
}

// Takes a currency from the front or the back of `text`; what went wrong, if anything.
std::optional<Decimal> take_currency(std::string_view& text, const DecimalForm& form) {
    std::size_t front = 0;
    while (front < text.size() && !is_number_char(text[front])) ++front;
    std::size_t back = text.size();
    while (back > front && !is_number_char(text[back - 1])) --back;
    for (const auto word : {trim_wide(text.substr(0, front)), trim_wide(text.substr(back))}) {
        if (word.empty()) continue;
        const auto currency = currency_of(word, form);
        if (currency.empty())
            return refuse("sale.amount", fmt::format("'{}' is not a known currency sign", printable(word, 20)));
        if (currency != form.currency)
            return refuse("sale.currency",
                          fmt::format("the amount is in {}, the event is in {}", currency, form.currency));
    }
    text = trim_wide(text.substr(front, back - front));
    return std::nullopt;
}

class Digits {
public:
    explicit Digits(const DecimalForm& form) : m_form(form) {}

    std::optional<Decimal> whole(std::string_view text) {
        int since_group = -1; // digits since the last thousands sign; -1 before the first
        int before_group = 0;
        for (const char c : text) {
            if (is_digit(c)) {
                push(c);
                ++(since_group < 0 ? before_group : since_group);
                continue;
            }
            if (!m_form.thousands || c != *m_form.thousands)
                return refuse("sale.amount", fmt::format("'{}' does not belong into an amount", printable({&c, 1}, 8)));
            if (since_group >= 0 ? since_group != 3 : before_group < 1 || before_group > 3) return bad_groups();
            since_group = 0;
        }
        if (since_group >= 0 && since_group != 3) return bad_groups();
        return std::nullopt;
    }

    std::optional<Decimal> fraction(std::string_view text) {
        for (const char c : text)
            if (!is_digit(c)) return refuse("sale.amount", "there must be digits alone behind the decimal sign");
        while (static_cast<int>(text.size()) > m_form.scale && text.back() == '0') text.remove_suffix(1);
        if (static_cast<int>(text.size()) > m_form.scale)
            return refuse("sale.amount_too_precise", fmt::format("{} has {} decimals", m_form.currency, m_form.scale));
        for (const char c : text) push(c);
        for (auto i = static_cast<int>(text.size()); i < m_form.scale; ++i) push('0');
        return std::nullopt;
    }
    [[nodiscard]] money::Int128 minor() const { return m_minor; }
    [[nodiscard]] bool too_long() const { return m_count > money::k_most_digits_of_a_row; }

private:
    static Decimal bad_groups() { return refuse("sale.amount", "the thousands are not in groups of three"); }
    void push(char c) {
        if (m_minor != 0 || c != '0') ++m_count;
        if (m_count <= money::k_most_digits_of_a_row) m_minor = m_minor * 10 + (c - '0');
    }
    const DecimalForm& m_form;
    money::Int128 m_minor = 0;
    int m_count = 0;
};

} // namespace

std::string too_large() {
    return fmt::format("an amount has at most {} digits, decimals included", money::k_most_digits_of_a_row);
}

Decimal read_decimal(std::string_view text, const DecimalForm& form) {
    text = trim_wide(text);
    if (!text.empty() && (!is_number_char(text.front()) || !is_number_char(text.back())))
        if (auto bad = take_currency(text, form)) return *bad;
    bool negative = false;
    if (text.size() > 1 && text.front() == '(' && text.back() == ')' && form.bracket_negatives) {
        negative = true;
        text = trim_wide(text.substr(1, text.size() - 2));
    } else if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
        negative = text.front() == '-';
        text = trim_wide(text.substr(1));
    }
    if (!text.empty() && (!is_digit(text.front()) || !is_digit(text.back())) && text.front() != form.decimal)
        if (auto bad = take_currency(text, form)) return *bad; // "-$15.00", "($15.00)"
    const auto sign = text.find(form.decimal);
    if (text.empty() || (sign != std::string_view::npos && form.scale == 0 && form.decimal == '\0') || text == ".")
        return refuse("sale.amount", "is not an amount");
    Digits digits{form};
    if (auto bad = digits.whole(text.substr(0, sign))) return *bad;
    if (auto bad = digits.fraction(sign == std::string_view::npos ? std::string_view{} : text.substr(sign + 1)))
        return *bad;
    if (digits.too_long()) return refuse("sale.amount", too_large());
    return {negative ? -digits.minor() : digits.minor(), nullptr, {}};
}

} // namespace passa::sale
