// Any text as a signing program's answer: refused as key.answer, or a signature or a refusal, never both.
#include "lib/stellar/keys/external.hpp"

using namespace passa;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto answer = stellar::parse_sign_answer({reinterpret_cast<const char*>(data), size});
    if (!answer) {
        PASSA_ASSERT(answer.problem().code == "key.answer");
        return 0;
    }
    PASSA_ASSERT(!answer->signature || answer->refused.empty());
    return 0;
}
