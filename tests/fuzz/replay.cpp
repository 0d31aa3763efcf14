// Stands in for libFuzzer: feeds every file of the corpus, and every cut and every flipped byte of it, to the target.
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using Input = std::vector<std::uint8_t>;

Input read(const std::filesystem::path& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

void replay(const Input& input) {
    LLVMFuzzerTestOneInput(input.data(), input.size());
    const auto step = input.size() / 150 + 1; // long inputs are sampled
    for (std::size_t size = 0; size < input.size(); size += step) {
        const Input cut(input.begin(),
                        input.begin() + static_cast<std::ptrdiff_t>(size)); // its end is its memory's end
        LLVMFuzzerTestOneInput(cut.data(), cut.size());
    }
    for (std::size_t at = 0; at < input.size(); at += step)
        for (const unsigned flip : {0x01U, 0x80U, 0xffU}) {
            auto changed = input;
            changed[at] = static_cast<std::uint8_t>(changed[at] ^ flip);
            LLVMFuzzerTestOneInput(changed.data(), changed.size());
        }
}

} // namespace

int main(int argc, char** argv) {
    int files = 0;
    for (int i = 1; i < argc; ++i)
        for (const auto& entry : std::filesystem::directory_iterator(argv[i])) {
            replay(read(entry.path()));
            ++files;
        }
    std::printf("%d corpus files replayed\n", files);
    return files == 0 ? 1 : 0; // an empty corpus tests nothing
}
