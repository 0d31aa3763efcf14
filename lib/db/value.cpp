// Text forms as PostgreSQL writes them with TimeZone UTC, DateStyle ISO and bytea_output hex.
#include "lib/db/value.hpp"

#include <charconv>

namespace passa::db {
namespace {

[[noreturn]] void bad(std::string_view text, std::string_view type) {
    throw Error{{Kind::internal, "db.value",
                 fmt::format("the database sent '{}' where {} was expected", text.substr(0, 60), type), ""}};
}

template <typename Int>
Int parse_integer(std::string_view text) {
    Int out{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (error != std::errc{} || end != text.data() + text.size()) bad(text, "a whole number");
    return out;
}

} // namespace

namespace value {

std::string bytea(ByteView bytes) { return "\\x" + to_hex(bytes); }

Bytes parse_bytea(std::string_view text) {
    if (!text.starts_with("\\x")) bad(text, "bytes");
    return parse_hex(text.substr(2)).value_or_throw();
}

Instant parse_timestamptz(std::string_view text) {
    if (text == "infinity") return Instant::max();
    if (text == "-infinity") return Instant::min();
    auto parsed = parse_instant(text);
    if (!parsed) bad(text, "a time");
    return *parsed;
}

std::string timestamptz(Instant at) {
    if (at == Instant::max()) return "infinity";
    if (at == Instant::min()) return "-infinity";
    return passa::to_text(at);
}

std::string text_array(const std::vector<std::string>& items) {
    std::string out = "{";
    for (const auto& item : items) {
        if (out.size() > 1) out += ',';
        out += '"';
        for (const char c : item) {
            if (c == '"' || c == '\\') out += '\\';
            out += c;
        }
        out += '"';
    }
    return out + "}";
}

std::vector<std::string> parse_text_array(std::string_view text) {
    if (text.size() < 2 || text.front() != '{' || text.back() != '}') bad(text, "a list");
    text = text.substr(1, text.size() - 2);
    std::vector<std::string> items;
    std::string item;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '"')
            quoted = !quoted;
        else if (text[i] == '\\' && i + 1 < text.size())
            item += text[++i];
        else if (text[i] == ',' && !quoted)
            items.push_back(std::exchange(item, {}));
        else
            item += text[i];
    }
    if (!text.empty()) items.push_back(item);
    return items;
}

} // namespace value

template <>
std::string from_text<std::string>(std::string_view text) {
    return std::string{text};
}
template <>
bool from_text<bool>(std::string_view text) {
    if (text != "t" && text != "f") bad(text, "true or false");
    return text == "t";
}
template <>
int from_text<int>(std::string_view text) {
    return parse_integer<int>(text);
}
template <>
std::int64_t from_text<std::int64_t>(std::string_view text) {
    return parse_integer<std::int64_t>(text);
}
template <>
money::Int128 from_text<money::Int128>(std::string_view text) {
    auto parsed = money::parse_int128(text);
    if (!parsed) bad(text, "a whole number");
    return *parsed;
}
template <>
Instant from_text<Instant>(std::string_view text) {
    return value::parse_timestamptz(text);
}
template <>
Day from_text<Day>(std::string_view text) {
    auto parsed = parse_day(text);
    if (!parsed) bad(text, "a date");
    return *parsed;
}
template <>
IdBytes from_text<IdBytes>(std::string_view text) {
    auto parsed = id_text::parse_uuid(text);
    if (!parsed) bad(text, "an id");
    return *parsed;
}
template <>
Bytes from_text<Bytes>(std::string_view text) {
    return value::parse_bytea(text);
}
template <>
Hash256 from_text<Hash256>(std::string_view text) {
    auto bytes = value::parse_bytea(text);
    Hash256 hash{};
    if (bytes.size() != hash.size()) bad(text, "a hash");
    std::copy(bytes.begin(), bytes.end(), hash.begin());
    return hash;
}
template <>
std::vector<std::string> from_text<std::vector<std::string>>(std::string_view text) {
    return value::parse_text_array(text);
}

} // namespace passa::db
