// A version line, then one field a line in this order; nothing else, so that a text has one meaning.
#include "lib/backup/header.hpp"

#include "lib/base/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace passa::backup {
namespace {

constexpr std::string_view k_version = "passa-backup 1";
constexpr std::array<std::string_view, 7> k_fields{"made-at", "made-by", "schema", "key", "account", "holds", "signer"};
constexpr std::size_t k_longest_field = 200;

Problem bad(std::string_view why) {
    return {Kind::invalid_input, "backup.format", fmt::format("this is no backup of passa: {}", why),
            "name a file that passa db backup wrote"};
}

bool is_plain(std::string_view text) {
    return !text.empty() && text.size() <= k_longest_field &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

} // namespace

std::string to_text(const Header& header) {
    return fmt::format("{}\nmade-at: {}\nmade-by: {}\nschema: {}\nkey: {}\naccount: {}\nholds: {}\nsigner: {}\n\n",
                       k_version, passa::to_text(header.made_at), header.made_by, header.schema_version, header.key,
                       header.account, header.holds, header.signer);
}

Result<Header> parse_header(std::string_view text) {
    const auto lines = split_at(text, '\n');
    if (lines.front() != k_version) return bad("its first line is not \"passa-backup 1\"");
    if (lines.size() != k_fields.size() + 3 || !lines.at(lines.size() - 1).empty() ||
        !lines.at(lines.size() - 2).empty())
        return bad("its header has other lines");
    std::array<std::string, k_fields.size()> values;
    for (std::size_t i = 0; i < k_fields.size(); ++i) {
        const auto begin = fmt::format("{}: ", k_fields.at(i));
        const auto line = lines.at(i + 1);
        if (!line.starts_with(begin) || !is_plain(line.substr(begin.size())))
            return bad(fmt::format("its header does not say {}", k_fields.at(i)));
        values.at(i) = line.substr(begin.size());
    }
    const auto made_at = parse_instant(values.at(0));
    if (!made_at) return bad("the header's made-at is no instant");
    int schema = 0;
    const auto& number = values.at(2);
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), schema);
    if (error != std::errc{} || end != number.data() + number.size() || schema < 0)
        return bad("the header's schema is no number");
    return Header{*made_at, values.at(1), schema, values.at(3), values.at(4), values.at(5), values.at(6)};
}

} // namespace passa::backup
