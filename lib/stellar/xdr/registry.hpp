// Every described type by its name, and a value of any of them: for `tx decode --type`, tests and fuzzing.
#pragma once
#include "lib/stellar/xdr/shape.hpp"

#include <memory>
#include <span>

namespace passa::stellar::xdr {

std::span<const Shape* const> all_types();            // structs, unions and enums, by topic
const Shape* find_type(std::string_view name);        // "TransactionEnvelope"; null when there is no such type
Result<const Shape*> get_type(std::string_view name); // error xdr.type with the nearest names

// One owned value of a type known by its Shape only.
class AnyValue {
public:
    explicit AnyValue(const Shape& shape) : m_shape(&shape), m_value(shape.lifetime.make(), shape.lifetime.destroy) {}
    [[nodiscard]] const Shape& shape() const { return *m_shape; }
    [[nodiscard]] void* get() { return m_value.get(); }
    [[nodiscard]] const void* get() const { return m_value.get(); }
    friend bool operator==(const AnyValue& a, const AnyValue& b) {
        return a.m_shape == b.m_shape && a.m_shape->lifetime.equal(a.get(), b.get());
    }

private:
    const Shape* m_shape;
    std::unique_ptr<void, void (*)(void*)> m_value;
};

} // namespace passa::stellar::xdr
