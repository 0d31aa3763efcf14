// Any lines as sealed records: each follows from the one before it, or is told as a fault; nothing else comes of it.
#include "lib/audit/chain.hpp"
#include "lib/base/text.hpp"
#include "lib/crypto/hash.hpp"

using namespace passa;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    audit::Links links;
    for (const auto line : split_at({reinterpret_cast<const char*>(data), size}, '\n')) {
        const auto before = links.last();
        const auto fault = links.find_fault(line);
        PASSA_ASSERT(links.head() == crypto::sha256(as_bytes(line)));
        PASSA_ASSERT(fault || links.last() == before + 1);
    }
    return 0;
}
