// Shapes of what has no name of its own: integers, opaque values, lists, optionals. Part of make_shape.hpp.
#pragma once
#include "lib/stellar/xdr/containers.hpp"
#include "lib/stellar/xdr/shape.hpp"

#include <variant>

namespace passa::stellar::xdr {

// The Shape of any type; a described type has its own function, found beside the type.
template <typename T>
struct ShapeOf {
    static const Shape& get() { return shape_of(static_cast<const T*>(nullptr)); }
};

// Where the value of a member, item or arm lies: behind a box, and at its base for bytes and text. Null for no value.
struct Place {
    void* operator()(std::monostate&) const { return nullptr; }
    template <typename T>
    void* operator()(T& value) const {
        return &value;
    }
    template <std::uint32_t Max>
    void* operator()(Opaque<Max>& value) const {
        return static_cast<Bytes*>(&value);
    }
    template <std::uint32_t Max>
    void* operator()(Text<Max>& value) const {
        return static_cast<std::string*>(&value);
    }
    template <typename T>
    void* operator()(Box<T>& value) const {
        return (*this)(*value);
    }
};
inline constexpr Place place_of{};

template <Form F, std::uint32_t Limit = 0>
struct PlainShape {
    static const Shape& get() {
        static const Shape shape{.form = F, .limit = Limit};
        return shape;
    }
};
template <>
struct ShapeOf<bool> : PlainShape<Form::boolean> {};
template <>
struct ShapeOf<std::int32_t> : PlainShape<Form::int32> {};
template <>
struct ShapeOf<std::uint32_t> : PlainShape<Form::uint32> {};
template <>
struct ShapeOf<std::int64_t> : PlainShape<Form::int64> {};
template <>
struct ShapeOf<std::uint64_t> : PlainShape<Form::uint64> {};
template <std::size_t N>
struct ShapeOf<FixedBytes<N>> : PlainShape<Form::fixed_opaque, N> {};
template <std::uint32_t Max>
struct ShapeOf<Opaque<Max>> : PlainShape<Form::opaque, Max> {};
template <std::uint32_t Max>
struct ShapeOf<Text<Max>> : PlainShape<Form::text, Max> {};
template <typename T>
struct ShapeOf<Box<T>> : ShapeOf<T> {};

template <typename T, std::uint32_t Max>
struct ShapeOf<List<T, Max>> {
    using Value = List<T, Max>;
    static const Shape& get() {
        static const Shape shape{
            .form = Form::list,
            .limit = Max,
            .item = &ShapeOf<T>::get,
            .items = {.size = [](const void* list) { return static_cast<const Value*>(list)->size(); },
                      .at = [](void* list, std::size_t i) { return place_of((*static_cast<Value*>(list))[i]); },
                      .append = [](void* list) { return place_of(static_cast<Value*>(list)->emplace_back()); },
                      .clear = [](void* list) { static_cast<Value*>(list)->clear(); },
                      .reserve = [](void* list, std::size_t size) { static_cast<Value*>(list)->reserve(size); }}};
        return shape;
    }
};

template <typename T, std::size_t N>
struct ShapeOf<std::array<T, N>> {
    using Value = std::array<T, N>;
    static const Shape& get() {
        static const Shape shape{
            .form = Form::array,
            .limit = N,
            .item = &ShapeOf<T>::get,
            .items = {.size = [](const void*) { return N; },
                      .at = [](void* list, std::size_t i) { return place_of((*static_cast<Value*>(list))[i]); }}};
        return shape;
    }
};

template <typename T>
struct ShapeOf<std::optional<T>> {
    using Value = std::optional<T>;
    static const Shape& get() {
        static const Shape shape{
            .form = Form::optional,
            .limit = 1,
            .item = &ShapeOf<T>::get,
            .items = {
                .size = [](const void* held) { return std::size_t{static_cast<const Value*>(held)->has_value()}; },
                .at = [](void* held, std::size_t) { return place_of(**static_cast<Value*>(held)); },
                .append = [](void* held) { return place_of(static_cast<Value*>(held)->emplace()); },
                .clear = [](void* held) { static_cast<Value*>(held)->reset(); }}};
        return shape;
    }
};

} // namespace passa::stellar::xdr
