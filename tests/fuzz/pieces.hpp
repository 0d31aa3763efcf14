// One fuzz input as several values: each has its length before it, in two bytes; the last is what is left.
#pragma once
#include "lib/base/bytes.hpp"

#include <algorithm>

namespace passa::test {

class Pieces {
public:
    Pieces(const std::uint8_t* data, std::size_t size) : m_left(data, size) {}

    ByteView next() { // empty behind the end
        if (m_left.size() < 2) return {};
        const std::size_t length = m_left[0] * std::size_t{256} + m_left[1];
        m_left = m_left.subspan(2);
        const auto piece = m_left.first(std::min(length, m_left.size()));
        m_left = m_left.subspan(piece.size());
        return piece;
    }
    std::string_view next_text() {
        const auto piece = next();
        return {reinterpret_cast<const char*>(piece.data()), piece.size()};
    }
    [[nodiscard]] bool done() const { return m_left.size() < 2; }

private:
    ByteView m_left;
};

} // namespace passa::test
