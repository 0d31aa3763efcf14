// Any text as a key file: refused as key.format, or the file that is written for what was read says the same.
#include "lib/crypto/keystore.hpp"

using namespace passa;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    const auto key = crypto::parse_file_text("fuzz", text);
    if (!key) {
        PASSA_ASSERT(key.problem().code == "key.format");
        return 0;
    }
    const auto again = crypto::parse_file_text("fuzz", crypto::to_file_text(*key));
    PASSA_ASSERT(again.ok() && again->account == key->account && again->box.sealed == key->box.sealed &&
                 again->box.salt == key->box.salt && again->box.nonce == key->box.nonce &&
                 again->program.has_value() == key->program.has_value());
    PASSA_ASSERT(!key->program || again->program->words == key->program->words);
    return 0;
}
