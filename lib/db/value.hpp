// C++ values as PostgreSQL text parameters, and back. The one place that knows how a type looks in SQL.
#pragma once
#include "lib/base/id.hpp"
#include "lib/money/amount.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

namespace passa::db {

using Parameter = std::optional<std::string>; // nullopt: NULL

namespace value {
std::string bytea(ByteView bytes);
Bytes parse_bytea(std::string_view text);
Instant parse_timestamptz(std::string_view text); // as sent with TimeZone UTC and DateStyle ISO; infinity is clamped
std::string timestamptz(Instant at);
std::string text_array(const std::vector<std::string>& items);
std::vector<std::string> parse_text_array(std::string_view text);
} // namespace value

inline Parameter to_parameter(const std::string& v) { return v; }
inline Parameter to_parameter(std::string_view v) { return std::string{v}; }
inline Parameter to_parameter(const char* v) { return std::string{v}; }
inline Parameter to_parameter(bool v) { return std::string{v ? "t" : "f"}; }
inline Parameter to_parameter(std::nullopt_t) { return std::nullopt; }
template <typename T>
requires(std::is_integral_v<T> && !std::is_same_v<T, bool>) Parameter to_parameter(T v) { return std::to_string(v); }
inline Parameter to_parameter(money::Int128 v) { return money::to_text(v); }
inline Parameter to_parameter(const IdBytes& v) { return id_text::uuid(v); }
template <typename Tag>
Parameter to_parameter(const Id<Tag>& v) {
    return v.uuid();
}
inline Parameter to_parameter(const Bytes& v) { return value::bytea(v); }
inline Parameter to_parameter(const Hash256& v) { return value::bytea(v); }
inline Parameter to_parameter(Instant v) { return value::timestamptz(v); }
inline Parameter to_parameter(Day v) { return passa::to_text(v); }
inline Parameter to_parameter(const std::vector<std::string>& v) { return value::text_array(v); }
template <typename T>
Parameter to_parameter(const std::optional<T>& v) {
    return v ? to_parameter(*v) : std::nullopt;
}

template <typename T>
T from_text(std::string_view text);
template <>
std::string from_text<std::string>(std::string_view text);
template <>
bool from_text<bool>(std::string_view text);
template <>
int from_text<int>(std::string_view text);
template <>
std::int64_t from_text<std::int64_t>(std::string_view text);
template <>
money::Int128 from_text<money::Int128>(std::string_view text);
template <>
Instant from_text<Instant>(std::string_view text);
template <>
Day from_text<Day>(std::string_view text);
template <>
IdBytes from_text<IdBytes>(std::string_view text);
template <>
Bytes from_text<Bytes>(std::string_view text);
template <>
Hash256 from_text<Hash256>(std::string_view text);
template <>
std::vector<std::string> from_text<std::vector<std::string>>(std::string_view text);

} // namespace passa::db
