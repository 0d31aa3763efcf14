// Makes a type's Shape from its description. Included by the shapes_*.cpp only: one line there per described type.
#pragma once
#include "lib/stellar/xdr/container_shapes.hpp"
#include "lib/stellar/xdr/containers.hpp"
#include "lib/stellar/xdr/union.hpp"

#include <algorithm>

namespace passa::stellar::xdr {

template <typename T>
concept Enumeration = std::is_enum_v<T>;
template <typename T>
concept Choice = requires {
    typename T::SwitchType;
};
template <typename T>
concept Structure = requires {
    T::each_field([]<auto>(std::string_view){});
};
template <typename T>
concept Tagged = requires {
    T::k_tag;
};
template <typename T>
concept ShownAsText = requires(const T& value, T& target) { // text_forms.hpp
    { to_text(value) } -> std::same_as<std::string>;
    { from_text(std::string_view{}, target) } -> std::same_as<bool>;
};

template <typename T>
Lifetime make_lifetime() {
    return {
        .make = []() -> void* { return new T{}; },
        .destroy = [](void* value) { delete static_cast<T*>(value); },
        .equal = [](const void* a, const void* b) { return *static_cast<const T*>(a) == *static_cast<const T*>(b); }};
}

template <typename T>
TextForm make_text_form() {
    if constexpr (ShownAsText<T>)
        return {.write = [](const void* value) { return to_text(*static_cast<const T*>(value)); },
                .read = [](std::string_view text, void* value) { return from_text(text, *static_cast<T*>(value)); }};
    else
        return {};
}

template <Structure T>
void describe(Shape& shape) {
    shape.form = Form::structure;
    T::each_field([&]<auto Field>(std::string_view name) {
        using Value = std::remove_reference_t<decltype(std::declval<T&>().*Field)>;
        if (name.ends_with('_')) name.remove_suffix(1);
        shape.members.push_back(
            {name, &ShapeOf<Value>::get, [](void* object) { return place_of(static_cast<T*>(object)->*Field); }});
    });
    if constexpr (Tagged<T>) shape.tag = T::k_tag;
}

template <Enumeration T>
void describe(Shape& shape) {
    const auto text = enum_text(static_cast<const T*>(nullptr));
    shape.form = Form::enumeration;
    shape.names = parse_enum_text(text.prefix, text.enumerators);
}

// --- unions ---
template <typename T, auto... Cases>
void add_voids(Shape& shape, Void<Cases...>) {
    (shape.cases.push_back({static_cast<std::int32_t>(Cases), nullptr, nullptr}), ...);
}
template <typename T>
void add_voids(Shape& shape, VoidRest) {
    for (const auto& entry : shape.switch_shape().names)
        if (T::is_void(typename T::SwitchType{entry.value})) shape.cases.push_back({entry.value, nullptr, nullptr});
}
template <typename T, auto... Cases>
void add_arms(Shape& shape, Void<Cases...>) {
    (shape.cases.push_back({static_cast<std::int32_t>(Cases), &ShapeOf<typename T::template ArmType<Cases>>::get,
                            [](void* choice) { return place_of(static_cast<T*>(choice)->template select<Cases>()); }}),
     ...);
}

template <Choice T>
void describe(Shape& shape) {
    using Switch = typename T::SwitchType;
    shape.form = Form::choice;
    if constexpr (Enumeration<Switch>)
        shape.switch_shape = &ShapeOf<Switch>::get;
    else
        shape.int_switch = true;
    add_voids<T>(shape, typename T::VoidCases{});
    add_arms<T>(shape, typename T::ArmCases{});
    std::sort(shape.cases.begin(), shape.cases.end(), [](const Case& a, const Case& b) { return a.value < b.value; });
    shape.choice = {
        .type = [](const void* choice) { return static_cast<std::int32_t>(static_cast<const T*>(choice)->type()); },
        .arm = [](void* choice) { return static_cast<T*>(choice)->visit_arm(Place{}); },
        .select_void = [](void* choice, std::int32_t type) { static_cast<T*>(choice)->select_void(type); }};
}

template <typename T>
Shape make_shape(std::string_view name) {
    Shape shape;
    shape.name = name;
    describe<T>(shape);
    shape.text = make_text_form<T>();
    shape.lifetime = make_lifetime<T>();
    return shape;
}

} // namespace passa::stellar::xdr

#define PASSA_XDR_SHAPE(Type)                                                                                          \
    const Shape& shape_of(const Type*) {                                                                               \
        static const Shape shape = make_shape<Type>(#Type);                                                            \
        return shape;                                                                                                  \
    }
#define PASSA_XDR_SHAPE_REF(Type) &ShapeOf<Type>::get,

// Defines the shapes of these types and a list of them for the registry.
#define PASSA_XDR_SHAPES(topic, ...)                                                                                   \
    PASSA_XDR_EACH(PASSA_XDR_SHAPE, __VA_ARGS__)                                                                       \
    std::span<const ShapeRef> topic##_shapes() {                                                                       \
        static constexpr ShapeRef k_shapes[] = {PASSA_XDR_EACH(PASSA_XDR_SHAPE_REF, __VA_ARGS__)};                     \
        return k_shapes;                                                                                               \
    }                                                                                                                  \
    static_assert(true)
