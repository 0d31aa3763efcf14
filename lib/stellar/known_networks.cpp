// Found by name, or told which names there are.
#include "lib/stellar/known_networks.hpp"

#include "lib/base/text.hpp"

#include <algorithm>

namespace passa::stellar {

Result<KnownNetwork> find_known_network(std::string_view name) {
    const auto it =
        std::find_if(k_known_networks.begin(), k_known_networks.end(), [&](const auto& n) { return n.name == name; });
    if (it != k_known_networks.end()) return *it;
    std::vector<std::string> names;
    for (const auto& network : k_known_networks) names.emplace_back(network.name);
    return Problem{Kind::not_found, "network.unknown", fmt::format("there is no network {}", printable(name, 40)),
                   fmt::format("known are: {}", join(names, ", "))};
}

} // namespace passa::stellar
