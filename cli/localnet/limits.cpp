// Read whole, within a bound, and thrown away: the network reads the file again.
#include "cli/localnet/limits.hpp"

#include "lib/base/error.hpp"
#include "lib/base/text.hpp"
#include "lib/stellar/xdr/json.hpp"
#include "lib/stellar/xdr/types_config.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>

namespace passa::cli::localnet {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t k_largest = std::size_t{1} << 20U; // all of mainnet's settings take 20 KB

Error refused(const fs::path& file, std::string_view why) {
    return Error{{Kind::invalid_input, "localnet.limits", fmt::format("{}: {}", printable(file.string(), 300), why),
                  "a list of network settings as JSON: [{\"contract_max_size_bytes\": 65536}]"}};
}

std::string load(const fs::path& file) {
    errno = 0;
    std::ifstream in{file, std::ios::binary};
    if (!in || fs::is_directory(file)) throw refused(file, errno == 0 ? "it is a folder" : std::strerror(errno));
    std::string text(k_largest + 1, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (in.bad()) throw refused(file, std::strerror(errno));
    text.resize(static_cast<std::size_t>(in.gcount()));
    if (text.size() > k_largest) throw refused(file, "it is larger than 1 MiB");
    return text;
}

} // namespace

fs::path read_limits(const fs::path& file) {
    // As the one type of the protocol that is such a list and nothing else.
    const auto upgrade = fmt::format("{{\"updated_entry\": {}}}", load(file));
    if (const auto read = stellar::xdr::from_json_text<stellar::xdr::ConfigUpgradeSet>(upgrade); !read)
        throw refused(file, read.problems().front().message);
    return fs::absolute(file);
}

} // namespace passa::cli::localnet
