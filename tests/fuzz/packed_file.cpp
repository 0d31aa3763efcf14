// Any bytes as an export that may be packed: read through twice, it says the same, or fails with a code.
#include "lib/base/assert.hpp"
#include "lib/base/error.hpp"
#include "lib/crypto/hash.hpp"
#include "lib/table/text_file.hpp"
#include "tests/fuzz/input_file.hpp"

#include <vector>

using namespace passa;

namespace {

Hash256 read_through(table::TextFile& file) {
    crypto::Sha256 hash;
    std::vector<char> piece(8192);
    for (std::size_t got = 0; (got = file.read(piece.data(), piece.size())) > 0;)
        hash.update(as_bytes({piece.data(), got}));
    return hash.finish();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const test::InputFile input{data, size, ".packed"};
    try {
        table::TextFile file{input.path()};
        const auto first = read_through(file);
        file.rewind();
        PASSA_ASSERT(read_through(file) == first);
    } catch (const Error& error) {
        PASSA_ASSERT(!error.first().code.empty());
    }
    return 0;
}
