// Any words (one a line) as a command line: understood or refused with a code. Parsing touches nothing.
#include "cli/registry.hpp"
#include "cli/spec/parse.hpp"

using namespace passa;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::vector<std::string> words;
    std::string_view text{reinterpret_cast<const char*>(data), size};
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        words.emplace_back(text.substr(0, text.find('\0') < end ? text.find('\0') : end)); // argv ends a word there
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    const auto parsed = cli::parse(cli::commands(), words);
    if (!parsed)
        for (const auto& problem : parsed.problems()) PASSA_ASSERT(!problem.code.empty());
    return 0;
}
