// Secret bytes: in locked memory that is left out of core files, wiped when done. Cannot be copied, printed, formatted
// or compared to text; reveal() is the one word to grep for when asking who reads a secret.
#pragma once
#include "lib/base/bytes.hpp"

#include <cstddef>

namespace passa {

class Secret {
public:
    Secret() = default;
    explicit Secret(std::size_t size);                 // zeros, to be filled in place
    static Secret take(std::span<std::uint8_t> bytes); // copies, then wipes the source
    static Secret take(std::string& text);             // copies, then wipes and empties the source
    ~Secret();
    Secret(Secret&& other) noexcept;
    Secret& operator=(Secret&& other) noexcept;
    Secret(const Secret&) = delete;
    Secret& operator=(const Secret&) = delete;

    [[nodiscard]] ByteView reveal() const { return {m_data, m_size}; }
    [[nodiscard]] std::span<std::uint8_t> reveal() { return {m_data, m_size}; }
    [[nodiscard]] std::size_t size() const { return m_size; }
    [[nodiscard]] bool empty() const { return m_size == 0; }
    [[nodiscard]] bool equals(const Secret& other) const; // in constant time for equal sizes

private:
    void release() noexcept;
    std::uint8_t* m_data = nullptr;
    std::size_t m_size = 0;
};

void wipe(std::span<std::uint8_t> bytes) noexcept;

} // namespace passa
