// XDR's variable-length values. The most items a value may hold belongs to its type, so that both directions check it.
#pragma once
#include "lib/base/bytes.hpp"

#include <cstdint>
#include <limits>
#include <memory>

namespace passa::stellar::xdr {

inline constexpr std::uint32_t k_unbounded = std::numeric_limits<std::uint32_t>::max();

template <std::uint32_t Max = k_unbounded>
struct Opaque : Bytes { // opaque x<Max>
    using Bytes::Bytes;
    Opaque() = default;
    Opaque(Bytes bytes) : Bytes(std::move(bytes)) {}
};

template <std::uint32_t Max = k_unbounded>
struct Text : std::string { // string x<Max>: any bytes, not only UTF-8
    using std::string::string;
    Text() = default;
    Text(std::string text) : std::string(std::move(text)) {}
};

template <typename T, std::uint32_t Max = k_unbounded>
struct List : std::vector<T> { // T x<Max>
    using std::vector<T>::vector;
    List() = default;
    List(std::vector<T> items) : std::vector<T>(std::move(items)) {}
};

// A value on the heap that copies and compares like a value: for types that contain themselves.
template <typename T>
class Box {
public:
    Box() : m_value(std::make_unique<T>()) {}
    Box(T value) : m_value(std::make_unique<T>(std::move(value))) {}
    Box(const Box& other) : m_value(std::make_unique<T>(*other)) {}
    Box(Box&&) noexcept = default;
    Box& operator=(Box other) noexcept {
        m_value.swap(other.m_value);
        return *this;
    }
    ~Box() = default;

    T& operator*() { return *m_value; }
    const T& operator*() const { return *m_value; }
    T* operator->() { return m_value.get(); }
    const T* operator->() const { return m_value.get(); }
    friend bool operator==(const Box& a, const Box& b) { return *a == *b; }

private:
    std::unique_ptr<T> m_value; // empty only after it was moved from
};

} // namespace passa::stellar::xdr
