// Any text as an import profile: read or refused, never a crash.
#include "lib/sale/profile.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    static_cast<void>(passa::sale::parse_profile(text, "fuzz.yaml").ok());
    return 0;
}
