// Any text as a backup's header: refused as backup.format, or what is written of what was read reads the same.
#include "lib/backup/header.hpp"

using namespace passa;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    const auto header = backup::parse_header(text);
    if (!header) {
        PASSA_ASSERT(header.problem().code == "backup.format");
        return 0;
    }
    const auto written = backup::to_text(*header);
    const auto again = backup::parse_header(written);
    PASSA_ASSERT(again.ok() && backup::to_text(*again) == written);
    return 0;
}
