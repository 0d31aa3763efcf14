// Any bytes are no module, or a module whose interface can be shown whole.
#include "lib/stellar/contract/spec.hpp"

using namespace passa;
using namespace passa::stellar;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto module = contract::read_module({data, size});
    if (!module) return 0;
    for (const auto& function : module->spec.functions) {
        PASSA_ASSERT(module->spec.find_function(function.name) != nullptr);
        for (const auto& input : function.inputs) PASSA_ASSERT(!contract::type_name(input.type).empty());
    }
    return 0;
}
