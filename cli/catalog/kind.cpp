// The nearest kind, or all of them.
#include "cli/catalog/kind.hpp"

#include "lib/base/text.hpp"
#include "lib/catalog/kinds.hpp"

namespace passa::cli {

const manifest::ObjectKind& kind_named(const std::string& wanted) {
    if (const auto* kind = catalog::find_kind(wanted)) return *kind;
    std::vector<std::string> names;
    for (const auto& kind : catalog::kinds()) names.push_back(kind.name);
    const auto near = nearest_names(wanted, names);
    throw Error{{Kind::usage, "manifest.unknown_kind", fmt::format("there is no kind {}", printable(wanted, 40)),
                 near.empty() ? fmt::format("kinds are: {}", join(names, ", "))
                              : fmt::format("did you mean {}?", near.front())}};
}

} // namespace passa::cli
