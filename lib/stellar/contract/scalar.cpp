// Every law of one word: what fits a type, and how it is written.
#include "lib/stellar/contract/scalar.hpp"

#include "lib/base/text.hpp"
#include "lib/stellar/xdr/text_forms.hpp"

#include <algorithm>
#include <charconv>

namespace passa::stellar::contract {
namespace {

using Kinds = xdr::ScValType;

template <auto Case, typename T>
std::optional<xdr::ScVal> parse_number(std::string_view text) {
    T number{};
    if constexpr (std::is_integral_v<T>) {
        const auto* const begin = text.data();
        const auto* const end = begin + text.size();
        const auto done = std::from_chars(begin, end, number);
        if (done.ec != std::errc{} || done.ptr != end) return std::nullopt;
    } else {
        if (!xdr::from_text(text, number)) return std::nullopt;
    }
    return xdr::ScVal{xdr::as<Case>, number};
}

std::optional<xdr::ScVal> parse_bytes(std::string_view text, std::optional<std::uint32_t> size) {
    auto bytes = parse_hex(text);
    if (!bytes || (size && bytes->size() != *size)) return std::nullopt;
    return xdr::ScVal{xdr::as<Kinds::bytes>, xdr::ScBytes{std::move(bytes).value()}};
}

std::optional<xdr::ScVal> parse_symbol(std::string_view text) { // CAP-46: letters, digits and _, at most 32
    const auto fits = [](char c) {
        return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    };
    if (text.size() > k_longest_symbol || !std::all_of(text.begin(), text.end(), fits)) return std::nullopt;
    return xdr::ScVal{xdr::as<Kinds::symbol>, xdr::ScSymbol{std::string{text}}};
}

std::optional<xdr::ScVal> parse_bool(std::string_view text) {
    if (text != "true" && text != "false") return std::nullopt;
    return xdr::ScVal{xdr::as<Kinds::bool_>, text == "true"};
}

std::optional<xdr::ScVal> parse_any_number(xdr::ScSpecType type, std::string_view text) {
    using Type = xdr::ScSpecType;
    switch (type) {
    case Type::u32: return parse_number<Kinds::u32, std::uint32_t>(text);
    case Type::i32: return parse_number<Kinds::i32, std::int32_t>(text);
    case Type::u64: return parse_number<Kinds::u64, std::uint64_t>(text);
    case Type::i64: return parse_number<Kinds::i64, std::int64_t>(text);
    case Type::timepoint: return parse_number<Kinds::timepoint, std::uint64_t>(text);
    case Type::duration: return parse_number<Kinds::duration, std::uint64_t>(text);
    case Type::u128: return parse_number<Kinds::u128, xdr::UInt128Parts>(text);
    case Type::i128: return parse_number<Kinds::i128, xdr::Int128Parts>(text);
    case Type::u256: return parse_number<Kinds::u256, xdr::UInt256Parts>(text);
    case Type::i256: return parse_number<Kinds::i256, xdr::Int256Parts>(text);
    default: return std::nullopt;
    }
}

struct WordText {
    template <typename T>
    std::string operator()(const T& value) const {
        if constexpr (std::is_base_of_v<std::string, T>)
            return value;
        else if constexpr (std::is_base_of_v<Bytes, T>)
            return to_hex(value);
        else if constexpr (std::is_same_v<T, bool>)
            return value ? "true" : "false";
        else if constexpr (std::is_integral_v<T>)
            return fmt::format("{}", value);
        else if constexpr (requires { xdr::to_text(value); })
            return xdr::to_text(value);
        else
            return {}; // not one word
    }
};

} // namespace

std::optional<xdr::ScValType> kind_of(xdr::ScSpecType type) {
    using Type = xdr::ScSpecType;
    switch (type) {
    case Type::bool_: return Kinds::bool_;
    case Type::void_: return Kinds::void_;
    case Type::u32: return Kinds::u32;
    case Type::i32: return Kinds::i32;
    case Type::u64: return Kinds::u64;
    case Type::i64: return Kinds::i64;
    case Type::timepoint: return Kinds::timepoint;
    case Type::duration: return Kinds::duration;
    case Type::u128: return Kinds::u128;
    case Type::i128: return Kinds::i128;
    case Type::u256: return Kinds::u256;
    case Type::i256: return Kinds::i256;
    case Type::bytes:
    case Type::bytes_n: return Kinds::bytes;
    case Type::string: return Kinds::string;
    case Type::symbol: return Kinds::symbol;
    case Type::address:
    case Type::muxed_address: return Kinds::address;
    default: return std::nullopt;
    }
}

bool is_number(xdr::ScSpecType type) { return type >= xdr::ScSpecType::u32 && type <= xdr::ScSpecType::i256; }

std::optional<xdr::ScVal> parse_scalar(const xdr::ScSpecTypeDef& type, std::string_view text) {
    using Type = xdr::ScSpecType;
    switch (type.type()) {
    case Type::bool_: return parse_bool(text);
    case Type::bytes: return parse_bytes(text, {});
    case Type::bytes_n: return parse_bytes(text, type.get<Type::bytes_n>().n);
    case Type::string: return xdr::ScVal{xdr::as<Kinds::string>, xdr::ScString{std::string{text}}};
    case Type::symbol: return parse_symbol(text);
    default: return parse_any_number(type.type(), text);
    }
}

std::string scalar_text(const xdr::ScVal& value) {
    return value.visit_arm([](const auto& arm) { return WordText{}(arm); });
}

} // namespace passa::stellar::contract
