// Money as exports write it, straight to minor units: decimal and thousands signs by the profile, brackets for
// negatives, a currency sign or code around it. Exact and within lib/money/bound.hpp, or a reason why not.
#pragma once
#include "lib/money/int128.hpp"
#include "lib/sale/profile.hpp"

namespace passa::sale {

struct DecimalForm {
    char decimal = '.';
    std::optional<char> thousands;
    bool bracket_negatives = false;
    const std::map<std::string, std::string>* signs = nullptr;
    std::string currency; // the event's
    int scale = 2;        // 0 and no decimal sign for minor units
};

struct Decimal {
    money::Int128 minor = 0;
    const char* bad_code = nullptr; // set: refused, with a code sale.* and a reason
    std::string bad_reason;
};

std::string too_large(); // the reason

Decimal read_decimal(std::string_view text, const DecimalForm& form);

} // namespace passa::sale
