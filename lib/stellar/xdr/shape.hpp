// What the codec knows of a type while the program runs: its form and how to reach inside a value of it.
//
// One Shape per type is made from the type's description (make_shape.hpp). The codec is written once against Shapes
// instead of being instantiated for some 400 types; a value travels as a `void*` beside its Shape, only inside here.
#pragma once
#include "lib/base/result.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace passa::stellar::xdr {

enum class Form : std::uint8_t {
    boolean,
    int32,
    uint32,
    int64,
    uint64,
    enumeration,
    fixed_opaque, // bytes in place
    opaque,       // Bytes
    text,         // std::string
    list,         // T x<limit>
    array,        // T x[limit]
    optional,     // T* x
    structure,
    choice, // a union
};

struct Shape;

// A Shape, made when it is first asked for, since types may contain themselves; known from then on.
class ShapeRef {
public:
    using Make = const Shape& (*)();
    constexpr ShapeRef() = default;
    constexpr ShapeRef(std::nullptr_t) {}
    constexpr ShapeRef(Make make) : m_make(make) {}
    ShapeRef(const ShapeRef& other) : m_make(other.m_make) {}
    ShapeRef& operator=(const ShapeRef& other) {
        m_make = other.m_make;
        m_known = nullptr;
        return *this;
    }
    ~ShapeRef() = default;

    const Shape& operator()() const {
        const auto* known = m_known.load(std::memory_order_acquire);
        if (known == nullptr) m_known.store(known = &m_make(), std::memory_order_release);
        return *known;
    }
    friend bool operator==(const ShapeRef& ref, std::nullptr_t) { return ref.m_make == nullptr; }

private:
    Make m_make = nullptr;
    mutable std::atomic<const Shape*> m_known{nullptr};
};

struct EnumName {
    std::int32_t value;
    std::string name;   // SEP-51: "underfunded"
    std::string x_name; // in the .x file: "PAYMENT_UNDERFUNDED"; not kept for ContractCostType
};

struct Member {
    std::string_view name;
    ShapeRef shape;
    void* (*reach)(void* structure);
};

struct Case {
    std::int32_t value;
    ShapeRef shape;                // null: void
    void* (*select)(void* choice); // sets the case, with a fresh arm; null for a void case
};

// Lists, arrays and optionals. Null where a form has no such operation.
struct ItemAccess {
    std::size_t (*size)(const void* container) = nullptr;
    void* (*at)(void* container, std::size_t index) = nullptr;
    void* (*append)(void* container) = nullptr; // also: fill an empty optional
    void (*clear)(void* container) = nullptr;
    void (*reserve)(void* container, std::size_t size) = nullptr; // lists alone
};

struct ChoiceAccess {
    std::int32_t (*type)(const void* choice) = nullptr;
    void* (*arm)(void* choice) = nullptr; // null for a void case
    void (*select_void)(void* choice, std::int32_t type) = nullptr;
};

// SEP-51 shows some types as one text: addresses, asset codes, wide integers.
struct TextForm {
    std::string (*write)(const void* value) = nullptr;
    bool (*read)(std::string_view text, void* value) = nullptr; // false: not such a text
};

// A value of any described type, owned.
struct Lifetime {
    void* (*make)() = nullptr;
    void (*destroy)(void* value) = nullptr;
    bool (*equal)(const void* a, const void* b) = nullptr;
};

struct Shape {
    Form form{};
    std::string_view name = {};           // "PaymentOp"; empty for containers and plain integers
    std::uint32_t limit = 0;              // bytes or items: exactly (fixed_opaque, array) or at most
    bool int_switch = false;              // a choice by number: cases are called v0, v1, ...
    ShapeRef switch_shape = nullptr;      // the enum of a choice by name
    ShapeRef item = nullptr;              // list, array, optional
    std::vector<Member> members = {};     // structure
    std::vector<Case> cases = {};         // choice
    std::vector<EnumName> names = {};     // enumeration
    std::optional<std::int32_t> tag = {}; // a structure written behind a fixed number (a union of one case)
    ItemAccess items = {};
    ChoiceAccess choice = {};
    TextForm text = {};
    Lifetime lifetime = {};

    [[nodiscard]] const EnumName* find_name(std::int32_t value) const;
    [[nodiscard]] const EnumName* find_name(std::string_view name) const;
    [[nodiscard]] const Case* find_case(std::int32_t type) const;
    [[nodiscard]] std::string case_name(std::int32_t type) const; // SEP-51: "payment" or "v1"
};

// Numbers and enums behind a `void*`.
template <typename T>
T load_number(const void* value) {
    T number;
    std::memcpy(&number, value, sizeof number);
    return number;
}
template <typename T>
void store_number(void* value, T number) {
    std::memcpy(value, &number, sizeof number);
}

// "none = 0, return_ = 4" with prefix "MEMO_" to names and .x names.
std::vector<EnumName> parse_enum_text(std::string_view prefix, std::string_view enumerators);

} // namespace passa::stellar::xdr
