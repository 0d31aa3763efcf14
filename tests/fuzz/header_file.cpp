// Any bytes as a file of secret headers: refused without a word of it, or each is one clean header for one host.
#include "lib/http/header_file.hpp"

#include "tests/fuzz/input_file.hpp"

#include <algorithm>

using namespace passa;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const test::InputFile file{data, size, ".headers"};
    try {
        for (const auto& header : http::load_headers(file.path())) {
            const auto value = header.value.reveal();
            PASSA_ASSERT(!header.host.empty() && !header.name.empty() && !value.empty());
            PASSA_ASSERT(header.name.find_first_of(" \t\r\n:") == std::string::npos);
            PASSA_ASSERT(std::none_of(value.begin(), value.end(), [](std::uint8_t c) { return c < 0x20; }));
        }
    } catch (const Error& error) {
        PASSA_ASSERT(error.first().code == "http.header" || error.first().code == "http.header_file");
    }
    return 0;
}
