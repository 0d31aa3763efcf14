// The one list of all described types.
#include "lib/stellar/xdr/registry.hpp"

#include "lib/base/text.hpp"
#include "lib/stellar/xdr/topics.hpp"

#include <algorithm>

namespace passa::stellar::xdr {
namespace {

std::vector<const Shape*> gather() {
    std::vector<const Shape*> types;
    for (const auto topic : {basic_shapes, ledger_shapes, contract_shapes, config_shapes, operation_shapes,
                             soroban_shapes, transaction_shapes, result_shapes, meta_shapes, spec_shapes})
        for (const auto& shape : topic()) types.push_back(&shape());
    return types;
}

} // namespace

std::span<const Shape* const> all_types() {
    static const auto types = gather();
    return types;
}

const Shape* find_type(std::string_view name) {
    const auto types = all_types();
    const auto found = std::find_if(types.begin(), types.end(), [&](const auto* type) { return type->name == name; });
    return found == types.end() ? nullptr : *found;
}

Result<const Shape*> get_type(std::string_view name) {
    if (const auto* found = find_type(name)) return found;
    std::vector<std::string> names;
    for (const auto* type : all_types()) names.emplace_back(type->name);
    const auto near = nearest_names(name, names);
    return Problem{Kind::invalid_input, "xdr.type", fmt::format("there is no XDR type called {}", printable(name)),
                   near.empty() ? "try TransactionEnvelope, TransactionResult or LedgerEntry"
                                : fmt::format("did you mean {}?", join(near, " or "))};
}

} // namespace passa::stellar::xdr
