// WebAssembly core specification, 5.5: a preamble of eight bytes, then sections of an id, a size and their contents.
// Those with id 0 are custom, and begin with their name.
#include "lib/stellar/contract/wasm.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace passa::stellar::contract {
namespace {

constexpr std::array<std::uint8_t, 8> k_preamble = {0x00, 'a', 's', 'm', 0x01, 0x00, 0x00, 0x00};
constexpr std::uint8_t k_custom = 0;

class Reader {
public:
    explicit Reader(ByteView bytes) : m_bytes(bytes) {}
    [[nodiscard]] bool at_end() const { return m_at == m_bytes.size(); }
    [[nodiscard]] std::size_t at() const { return m_at; }

    std::optional<ByteView> take(std::size_t size) {
        if (size > m_bytes.size() - m_at) return std::nullopt;
        const auto taken = m_bytes.subspan(m_at, size);
        m_at += size;
        return taken;
    }
    // LEB128 of 32 bits: seven bits a byte, the lowest first, at most five bytes.
    std::optional<std::uint32_t> number() {
        std::uint64_t number = 0;
        for (unsigned shift = 0; shift < 35; shift += 7) {
            const auto byte = take(1);
            if (!byte) return std::nullopt;
            number |= static_cast<std::uint64_t>(byte->front() & 0x7FU) << shift;
            if ((byte->front() & 0x80U) == 0)
                return number <= UINT32_MAX ? std::optional{static_cast<std::uint32_t>(number)} : std::nullopt;
        }
        return std::nullopt;
    }
    std::optional<ByteView> sized() {
        const auto size = number();
        return size ? take(*size) : std::nullopt;
    }
    ByteView rest() { return *take(m_bytes.size() - m_at); }

private:
    ByteView m_bytes;
    std::size_t m_at = 0;
};

Problem refusal(std::size_t at, std::string_view why) {
    return {Kind::invalid_input, "contract.wasm", fmt::format("this is no Wasm module: {} at byte {}", why, at),
            "build the contract again, or fetch it whole"};
}

bool is_named(ByteView given, std::string_view name) {
    return std::equal(given.begin(), given.end(), name.begin(), name.end(),
                      [](std::uint8_t byte, char letter) { return byte == static_cast<std::uint8_t>(letter); });
}

} // namespace

Result<Bytes> read_sections(ByteView wasm, std::string_view name) {
    Reader module{wasm};
    const auto preamble = module.take(k_preamble.size());
    if (!preamble || !std::equal(k_preamble.begin(), k_preamble.end(), preamble->begin()))
        return refusal(0, "it does not begin as one of version 1");
    Bytes found;
    while (!module.at_end()) {
        const auto at = module.at();
        const auto id = module.take(1)->front();
        const auto contents = module.sized();
        if (!contents) return refusal(at, "a section is cut off");
        if (id != k_custom) continue;
        Reader section{*contents};
        const auto given = section.sized();
        if (!given) return refusal(at, "the name of a section is cut off");
        const auto rest = section.rest();
        if (is_named(*given, name)) found.insert(found.end(), rest.begin(), rest.end());
    }
    return found;
}

} // namespace passa::stellar::contract
