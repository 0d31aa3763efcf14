// Any text as manifests: refused with a place, or checked objects whose canonical form does not change when it is read
// again.
#include "lib/catalog/kinds.hpp"
#include "lib/manifest/read.hpp"

using namespace passa;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    auto documents = manifest::read_text(text, "fuzz.yaml");
    if (!documents) {
        for (const auto& problem : documents.problems()) PASSA_ASSERT(!problem.code.empty());
        return 0;
    }
    const auto checked = manifest::check(std::move(documents).value(), catalog::kinds());
    if (!checked) return 0;
    for (const auto& m : *checked) {
        const auto canonical = manifest::canonical_spec(m);
        PASSA_ASSERT(manifest::canonical_spec(manifest::with_spec(m, canonical)) == canonical);
    }
    return 0;
}
