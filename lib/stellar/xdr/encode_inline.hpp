// The encoder again, compiled per type from the same descriptions: for the one hot path, the payload that is hashed for
// a signature. Ten times as fast as encode.cpp; everywhere else that one is fast enough and costs no code per type.
// Include it in one .cpp per use; tests hold it equal to encode.cpp.
#pragma once
#include "lib/stellar/xdr/containers.hpp"
#include "lib/stellar/xdr/union.hpp"

#include <cstring>
#include <optional>

namespace passa::stellar::xdr {

class InlineEncoder {
public:
    // Overwrites the buffer from its start; kept by the caller, it grows only at first.
    explicit InlineEncoder(Bytes& buffer) : m_buffer(buffer) {}
    [[nodiscard]] ByteView written() const { return {m_buffer.data(), m_size}; }

    inline void put(bool value) { put_u32(value ? 1 : 0); }
    inline void put(std::int32_t value) { put_u32(static_cast<std::uint32_t>(value)); }
    inline void put(std::uint32_t value) { put_u32(value); }
    inline void put(std::int64_t value) { put_u64(static_cast<std::uint64_t>(value)); }
    inline void put(std::uint64_t value) { put_u64(value); }

    template <typename Enum>
    requires std::is_enum_v<Enum>
    inline void put(Enum value) { put_u32(static_cast<std::uint32_t>(value)); }
    template <std::size_t N>
    inline void put(const FixedBytes<N>& bytes) {
        put_padded(bytes.data(), N);
    }
    template <std::uint32_t Max>
    inline void put(const Opaque<Max>& bytes) {
        put_length(bytes.size(), Max);
        put_padded(bytes.data(), bytes.size());
    }
    template <std::uint32_t Max>
    inline void put(const Text<Max>& text) {
        put_length(text.size(), Max);
        put_padded(text.data(), text.size());
    }
    template <typename T, std::uint32_t Max>
    inline void put(const List<T, Max>& list) {
        put_length(list.size(), Max);
        for (const auto& item : list) put(item);
    }
    template <typename T>
    inline void put(const std::optional<T>& value) {
        put_u32(value ? 1 : 0);
        if (value) put(*value);
    }
    template <typename T>
    inline void put(const Box<T>& boxed) {
        put(*boxed);
    }
    inline void put(std::monostate) {} // a void arm

    template <typename T>
    requires requires { typename T::SwitchType; }
    inline void put(const T& choice) {
        put(choice.type());
        choice.visit_arm([this](const auto& arm) { this->put(arm); });
    }
    template <typename T>
    requires requires { T::each_field([]<auto>(std::string_view){}); }
    inline void put(const T& structure) {
        if constexpr (requires { T::k_tag; }) put(T::k_tag);
        T::each_field([&]<auto Field>(std::string_view) { put(structure.*Field); });
    }

private:
    [[gnu::always_inline]] inline std::uint8_t* take(std::size_t size) {
        if (m_room < size) grow(size);
        auto* const place = m_buffer.data() + m_size;
        m_size += size;
        m_room -= size;
        return place;
    }
    [[gnu::always_inline]] inline void put_u32(std::uint32_t number) {
        number = __builtin_bswap32(number);
        std::memcpy(take(sizeof number), &number, sizeof number);
    }
    [[gnu::always_inline]] inline void put_u64(std::uint64_t number) {
        number = __builtin_bswap64(number);
        std::memcpy(take(sizeof number), &number, sizeof number);
    }
    [[gnu::always_inline]] inline void put_padded(const void* bytes, std::size_t size) {
        const auto padded = (size + 3) / 4 * 4;
        auto* const place = take(padded);
        if (size != 0) std::memcpy(place, bytes, size);
        std::memset(place + size, 0, padded - size);
    }
    inline void put_length(std::size_t size, std::uint32_t limit) {
        if (size > limit)
            throw Error{Problem{Kind::invalid_input, "xdr.length",
                                fmt::format("a value of length {} where at most {} fits", size, limit), ""}};
        put_u32(static_cast<std::uint32_t>(size));
    }

    void grow(std::size_t size) {
        m_buffer.resize(2 * m_buffer.size() + size + 4096);
        m_room = m_buffer.size() - m_size;
    }

    Bytes& m_buffer; // longer than what is written
    std::size_t m_size = 0;
    std::size_t m_room = m_buffer.size();
};

} // namespace passa::stellar::xdr
