// Looking things up in a Shape, and reading an enum's names from its own source text.
#include "lib/stellar/xdr/shape.hpp"

#include "lib/base/text.hpp"

#include <algorithm>
#include <charconv>

namespace passa::stellar::xdr {
namespace {

// "bad_seq" behind prefix "tx" is txBAD_SEQ; behind "PAYMENT_" it would be PAYMENT_BAD_SEQ. The two result enums with a
// lower-case prefix keep it in their JSON names too.
std::string make_x_name(std::string_view prefix, std::string_view name) {
    const bool lower = prefix == "tx" || prefix == "op";
    std::string upper{lower ? name.substr(prefix.size() + 1) : name};
    std::transform(upper.begin(), upper.end(), upper.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return std::string{prefix} + upper;
}

// Of entries with a number each. Mostly the numbers follow each other, up from the first or down from it (result
// codes), and the place follows from the number.
template <typename Entry>
const Entry* find_number(const std::vector<Entry>& entries, std::int32_t value) {
    if (entries.empty()) return nullptr;
    const auto ahead = std::int64_t{value} - entries.front().value;
    const auto place = static_cast<std::size_t>(ahead < 0 ? -ahead : ahead);
    if (place < entries.size() && entries[place].value == value) return &entries[place];
    const auto found =
        std::find_if(entries.begin(), entries.end(), [&](const auto& entry) { return entry.value == value; });
    return found == entries.end() ? nullptr : &*found;
}

} // namespace

std::vector<EnumName> parse_enum_text(std::string_view prefix, std::string_view enumerators) {
    std::vector<EnumName> names;
    for (const auto part : split_at(enumerators, ',')) {
        const auto equals = part.find('=');
        PASSA_ASSERT(equals != std::string_view::npos); // every enumerator states its number
        auto name = trim(part.substr(0, equals));
        const auto number = trim(part.substr(equals + 1));
        if (name.ends_with('_')) name.remove_suffix(1);
        EnumName entry{0, std::string{name}, make_x_name(prefix, name)};
        const auto read = std::from_chars(number.data(), number.data() + number.size(), entry.value);
        PASSA_ASSERT(read.ec == std::errc{} && read.ptr == number.data() + number.size());
        names.push_back(std::move(entry));
    }
    return names;
}

const EnumName* Shape::find_name(std::int32_t value) const { return find_number(names, value); }

const EnumName* Shape::find_name(std::string_view wanted) const {
    const auto found =
        std::find_if(names.begin(), names.end(), [&](const auto& entry) { return entry.name == wanted; });
    return found == names.end() ? nullptr : &*found;
}

const Case* Shape::find_case(std::int32_t type) const { return find_number(cases, type); }

std::string Shape::case_name(std::int32_t type) const {
    if (int_switch) return fmt::format("v{}", type);
    const auto* const entry = switch_shape().find_name(type);
    return entry != nullptr ? entry->name : fmt::format("{}", type);
}

} // namespace passa::stellar::xdr
