// What kind of row this is where no single word tells: rules, asked in turn, the first that fits wins. An account's
// statement lists sales beside everything else that moved its money.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace passa::sale {

// income: an order-level charge that the seller keeps, such as for a cancellation. refuse: nobody knows what it is.
enum class RowKind : std::uint8_t { sale, refund, platform_fee, payment_fee, income, ignore, refuse };
// Which way the row's money goes, seen from the seller.
enum class Moves : std::uint8_t { in, out, nothing };

struct RowRule {
    std::vector<std::string>
        headers;                 // lower case: the first that the file has; none: the rule asks for the money alone
    std::vector<std::string> is; // lower case; of these three lists one word must fit, unless all are empty
    std::vector<std::string> begins;
    std::vector<std::string> has;
    std::optional<Moves> moves;
    RowKind kind = RowKind::ignore;

    [[nodiscard]] bool has_words() const { return !is.empty() || !begins.empty() || !has.empty(); }
};

// Whether the words of the rule fit a text in lower case.
bool fits_words(const RowRule& rule, std::string_view text);

} // namespace passa::sale
