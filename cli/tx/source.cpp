// Hex and base64 are told apart by their letters; hex of an even length wins, since XDR in base64 is rarely all hex
// digits.
#include "cli/tx/source.hpp"

#include "lib/base/text.hpp"

#include <algorithm>
#include <cctype>
#include <iostream>

namespace passa::cli {
namespace {

constexpr std::size_t k_most_characters = 2 << 20; // RPC servers take transactions of 1 MiB

std::string read_stdin() {
    std::string text(k_most_characters + 1, '\0');
    std::cin.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(std::cin.gcount()));
    return text;
}

} // namespace

Bytes read_xdr_text(const std::string& word) {
    const auto text = word == "-" ? read_stdin() : word;
    if (text.size() > k_most_characters)
        throw Error{{Kind::invalid_input, "tx.too_large",
                     fmt::format("more than {} characters of XDR", k_most_characters), ""}};
    const auto trimmed = trim(text);
    const bool hex = trimmed.size() % 2 == 0 &&
                     std::all_of(trimmed.begin(), trimmed.end(), [](unsigned char c) { return std::isxdigit(c) != 0; });
    auto bytes = hex ? parse_hex(trimmed) : parse_base64(trimmed);
    if (bytes && !bytes->empty()) return *bytes;
    throw Error{{Kind::invalid_input, "tx.not_text",
                 trimmed.empty() ? "there is no XDR" : "this is neither base64 nor hex",
                 "paste the whole text, or pipe it in with: passa tx decode -"}};
}

} // namespace passa::cli
