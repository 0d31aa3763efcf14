// Any three manifests of one kind as what was applied, what stands and what the file says: where nothing stands against
// the file, its word holds; where the file has not moved, nothing is taken back.
#include "lib/catalog/kinds.hpp"
#include "lib/catalog/merge.hpp"
#include "lib/manifest/read.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

using namespace passa;

namespace {

std::vector<manifest::Manifest> read(std::string_view text) {
    auto documents = manifest::read_text(text, "fuzz.yaml");
    if (!documents) return {};
    auto checked = manifest::check(std::move(documents).value(), catalog::kinds());
    return checked ? std::move(checked).value() : std::vector<manifest::Manifest>{};
}

bool same(const std::string& a, const std::string& b) { return nlohmann::json::parse(a) == nlohmann::json::parse(b); }

void check(const std::vector<manifest::Field>& fields, const catalog::Specs& specs) {
    const auto merged = catalog::merge(fields, specs, false);
    const auto decided = catalog::merge(fields, specs, true);
    PASSA_ASSERT(decided.conflicts.empty());
    const auto again = catalog::merge(fields, {specs.file, decided.spec, specs.file}, false);
    PASSA_ASSERT(again.changes.empty() && again.conflicts.empty() && same(again.spec, decided.spec));
    if (same(specs.applied, specs.file)) // the order of a list is always the file's
        PASSA_ASSERT(std::all_of(merged.changes.begin(), merged.changes.end(),
                                 [](const auto& change) { return change.path.ends_with(" (order)"); }));
    if (same(specs.applied, specs.live)) PASSA_ASSERT(merged.conflicts.empty() && same(merged.spec, specs.file));
    if (same(specs.live, specs.file)) PASSA_ASSERT(merged.changes.empty() && merged.conflicts.empty());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto manifests = read({reinterpret_cast<const char*>(data), size});
    if (manifests.empty()) return 0;
    const auto* kind = manifests.front().kind;
    std::vector<std::string> specs;
    for (const auto& m : manifests)
        if (m.kind == kind && specs.size() < 3) specs.push_back(manifest::canonical_spec(m));
    specs.resize(3, std::string{specs.back()});
    std::sort(specs.begin(), specs.end());
    do check(kind->spec, {specs[0], specs[1], specs[2]});
    while (std::next_permutation(specs.begin(), specs.end()));
    return 0;
}
