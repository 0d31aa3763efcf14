// The lists of shapes that the shapes_*.cpp define, one a topic, for the registry.
#pragma once
#include "lib/stellar/xdr/shape.hpp"

#include <span>

namespace passa::stellar::xdr {

std::span<const ShapeRef> basic_shapes();
std::span<const ShapeRef> ledger_shapes();
std::span<const ShapeRef> contract_shapes();
std::span<const ShapeRef> config_shapes();
std::span<const ShapeRef> operation_shapes();
std::span<const ShapeRef> soroban_shapes();
std::span<const ShapeRef> transaction_shapes();
std::span<const ShapeRef> result_shapes();
std::span<const ShapeRef> meta_shapes();
std::span<const ShapeRef> spec_shapes();

} // namespace passa::stellar::xdr
