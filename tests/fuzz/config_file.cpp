// Any bytes as a settings file: read or refused, and a secret seed never comes back in what is read.
#include "lib/base/secret_seed.hpp"
#include "lib/config/file.hpp"
#include "tests/fuzz/input_file.hpp"

using namespace passa;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const test::InputFile input{data, size, ".yaml"};
    const auto file = config::read_file(input.path());
    if (!file) return 0;
    PASSA_ASSERT(file->ignored.empty());
    for (const auto& line : file->lines) PASSA_ASSERT(!holds_secret_seed(line.value));
    return 0;
}
