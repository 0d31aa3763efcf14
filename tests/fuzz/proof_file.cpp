// Any text as a proof: refused, or what is written from it reads as the same; and it proves nothing under another root.
#include "lib/proof/file.hpp"

using namespace passa;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto file = proof::parse_file({reinterpret_cast<const char*>(data), size});
    if (!file) return 0;
    const auto text = proof::file_text(*file);
    const auto again = proof::parse_file(text);
    PASSA_ASSERT(again.ok() && proof::file_text(*again) == text);
    auto other = file->root;
    other[0] ^= 1;
    const bool holds = proof::check(*file, file->root).ok();
    PASSA_ASSERT(proof::check(*again, file->root).ok() == holds && !proof::check(*file, other).ok());
    return 0;
}
