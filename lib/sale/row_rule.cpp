// Plain comparisons: no patterns, so that a profile says what it says.
#include "lib/sale/row_rule.hpp"

#include <algorithm>
#include <string_view>

namespace passa::sale {

bool fits_words(const RowRule& rule, std::string_view text) {
    const auto any = [](const std::vector<std::string>& words, auto fits) {
        return std::any_of(words.begin(), words.end(), fits);
    };
    return !rule.has_words() || any(rule.is, [&](const auto& word) { return text == word; }) ||
           any(rule.begins, [&](const auto& word) { return text.starts_with(word); }) ||
           any(rule.has, [&](const auto& word) { return text.find(word) != std::string_view::npos; });
}

} // namespace passa::sale
