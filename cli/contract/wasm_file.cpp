// Read whole, within a bound.
#include "cli/contract/wasm_file.hpp"

#include "lib/base/error.hpp"
#include "lib/base/text.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

namespace passa::cli::contract {
namespace {

constexpr std::size_t k_largest_wasm = std::size_t{1} << 20U; // networks take 128 KiB today (contractMaxSizeBytes)

Error unreadable(const std::filesystem::path& path, const std::string& why) {
    return Error{{Kind::invalid_input, "contract.file",
                  fmt::format("{} cannot be read: {}", printable(path.string(), 300), why),
                  "name the Wasm file of a contract"}};
}

} // namespace

Bytes load_wasm(const std::filesystem::path& path) {
    errno = 0;
    std::ifstream file{path, std::ios::binary};
    if (!file || std::filesystem::is_directory(path))
        throw unreadable(path, errno == 0 ? "it is a folder" : std::strerror(errno));
    Bytes bytes(k_largest_wasm + 1);
    file.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size())); // NOLINT
    if (file.bad()) throw unreadable(path, std::strerror(errno));
    bytes.resize(static_cast<std::size_t>(file.gcount()));
    if (bytes.size() > k_largest_wasm) throw unreadable(path, "it is larger than 1 MiB, and no contract is");
    return bytes;
}

} // namespace passa::cli::contract
