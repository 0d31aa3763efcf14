// SEP-51's escapes, and asset codes, which are shown through them.
#include "lib/stellar/xdr/text_forms.hpp"

#include <algorithm>

namespace passa::stellar::xdr {
namespace {

constexpr std::string_view k_letters = "0tnr\\";
const std::string k_meanings{'\0', '\t', '\n', '\r', '\\'};

template <std::size_t N>
std::string code_text(const FixedBytes<N>& code, std::size_t at_least) {
    std::size_t size = N;
    while (size > at_least && code[size - 1] == 0) --size;
    return escape({reinterpret_cast<const char*>(code.data()), size});
}

template <std::size_t N>
bool read_code(std::string_view text, FixedBytes<N>& code) {
    std::string bytes;
    if (!unescape(text, bytes) || bytes.size() > N) return false;
    code.fill(0);
    std::copy(bytes.begin(), bytes.end(), code.begin());
    return true;
}

} // namespace

std::string escape(std::string_view bytes) {
    const auto is_plain = [](char c) { return c >= ' ' && c <= '~' && c != '\\'; };
    if (std::all_of(bytes.begin(), bytes.end(), is_plain)) return std::string{bytes}; // as nearly all are
    std::string text;
    text.reserve(bytes.size());
    for (const char c : bytes) {
        const auto meaning = k_meanings.find(c);
        if (meaning != std::string::npos) {
            text += {'\\', k_letters[meaning]};
        } else if (c >= ' ' && c <= '~') {
            text += c;
        } else {
            text += fmt::format("\\x{:02x}", static_cast<std::uint8_t>(c));
        }
    }
    return text;
}

bool unescape(std::string_view text, std::string& bytes) {
    bytes.clear();
    if (text.find('\\') == std::string_view::npos) return bytes = text, true;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\\') {
            bytes += text[i];
            continue;
        }
        if (++i == text.size()) return false;
        if (const auto letter = k_letters.find(text[i]); letter != std::string_view::npos) {
            bytes += k_meanings[letter];
        } else if (text[i] == 'x' && i + 2 < text.size()) {
            const auto byte = parse_hex(text.substr(i + 1, 2));
            if (!byte) return false;
            bytes += static_cast<char>(byte->front());
            i += 2;
        } else {
            return false;
        }
    }
    return true;
}

std::string to_text(const AssetCode4& code) { return code_text(code.code, 0); }
std::string to_text(const AssetCode12& code) { return code_text(code.code, 5); }
std::string to_text(const AssetCode& code) {
    if (const auto* four = code.find<AssetType::credit_alphanum4>()) return to_text(*four);
    return to_text(code.get<AssetType::credit_alphanum12>());
}

bool from_text(std::string_view text, AssetCode4& code) { return read_code(text, code.code); }
bool from_text(std::string_view text, AssetCode12& code) { return read_code(text, code.code); }
bool from_text(std::string_view text, AssetCode& code) {
    return from_text(text, code.select<AssetType::credit_alphanum4>()) ||
           from_text(text, code.select<AssetType::credit_alphanum12>());
}

} // namespace passa::stellar::xdr
