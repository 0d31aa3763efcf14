// Where a split plan says that a contract holds its money: which, and whose money goes there.
#pragma once
#include "lib/catalog/store.hpp"

namespace passa::catalog {

struct Onchain { // names
    std::string contract, treasury;
};
inline std::optional<std::string> contract_of(const std::optional<Onchain>& onchain) {
    return onchain ? std::optional{onchain->contract} : std::nullopt;
}
inline std::optional<std::string> treasury_of(const std::optional<Onchain>& onchain) {
    return onchain ? std::optional{onchain->treasury} : std::nullopt;
}

// Refuses what cannot work: another network or currency, a contract that serves another plan, or another one than the
// plan has money in.
std::optional<Onchain> resolve_onchain(Store& store, const Spec& spec, const IdBytes& event, const IdBytes& plan);

} // namespace passa::catalog
