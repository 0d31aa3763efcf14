// A cluster that lies elsewhere than in its home outlives it: root deletes a home, makes another at the same path, and
// would find the books of the first. So both hold one word, made with the data; who has another word, or none, is
// refused. Nothing is deleted, and what to type stands in the error.
#include "lib/base/bytes.hpp"
#include "lib/base/fresh_file.hpp"
#include "lib/base/random.hpp"
#include "lib/base/text.hpp"
#include "lib/db/cluster.hpp"
#include "lib/log/log.hpp"

#include <array>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace passa::db {

namespace fs = std::filesystem;

namespace {

constexpr const char* k_in_home = "database.id";
constexpr const char* k_in_folder = "home.id";
constexpr std::size_t k_word_bytes = 16;

std::string read_word(const fs::path& file) {
    std::string word;
    std::ifstream{file} >> word;
    return word.size() == 2 * k_word_bytes ? word : "";
}

void write_word(const fs::path& file, const std::string& word) {
    try {
        fs::create_directories(file.parent_path());
        FreshFile fresh{file};
        fresh.write(word + "\n");
        fresh.replace();
    } catch (const std::system_error& error) {
        throw Error{{Kind::configuration, "db.cluster_folder",
                     fmt::format("cannot write {}: {}", file.string(), error.code().message()),
                     "set PASSA_HOME to a folder you may write to"}};
    }
}

std::string make_word() {
    std::array<std::uint8_t, k_word_bytes> bytes{};
    SystemRandom{}.fill(bytes);
    return to_hex(bytes);
}

// None: not there, or a file system that keeps no time of birth.
std::optional<std::pair<std::int64_t, std::uint32_t>> find_birth(const fs::path& path) {
    struct statx of {};
    if (statx(AT_FDCWD, path.c_str(), AT_SYMLINK_NOFOLLOW, STATX_BTIME, &of) != 0) return std::nullopt;
    if ((of.stx_mask & STATX_BTIME) == 0) return std::nullopt;
    return std::pair{of.stx_btime.tv_sec, of.stx_btime.tv_nsec};
}

// Then it is the very home that the data was made for: one that is made again is younger.
bool is_no_younger(const fs::path& home, const fs::path& data) {
    const auto home_born = find_birth(home);
    const auto data_born = find_birth(data);
    return home_born && data_born && *home_born <= *data_born;
}

} // namespace

bool Cluster::is_elsewhere() const { return m_folder != m_home / "db"; }

void Cluster::claim() const {
    if (!is_elsewhere()) return;
    const auto word = make_word();
    write_word(m_home / k_in_home, word); // first: a folder that has a word is refused to a home without it
    write_word(m_folder / k_in_folder, word);
}

void Cluster::require_own() const {
    if (!is_elsewhere() || !exists()) return;
    const auto word = read_word(m_folder / k_in_folder);
    if (!word.empty() && word != read_word(m_home / k_in_home)) refuse_other_home();
}

// Data from before there were words. The lock makes one of several who come at once the one that decides.
void Cluster::recognise_home() const {
    if (!is_elsewhere() || !read_word(m_folder / k_in_folder).empty()) return;
    const int starting = open_lock("starting");
    flock(starting, LOCK_EX);
    try {
        if (read_word(m_folder / k_in_folder).empty()) {
            const bool is_own =
                is_no_younger(m_home, m_folder / "data") || (m_recognise && m_recognise(connect_text()));
            if (is_own)
                claim();
            else
                write_word(m_folder / k_in_folder, make_word()); // to be copied by whoever knows better
            log::info("db", "{} {} the home {}", m_folder.string(), is_own ? "belongs to" : "is not known to be of",
                      m_home.string());
        }
    } catch (...) { // rethrown: the lock must not outlive the attempt
        close(starting);
        throw;
    }
    close(starting);
    require_own();
}

void Cluster::refuse_other_home() const {
    const auto folder = m_folder.string();
    throw Error{
        {Kind::conflict,
         "db.other_home",
         fmt::format("the private database in {} is not known to be of the home {}: it was made for one that "
                     "was there before, or the home is a copy",
                     folder, m_home.string()),
         fmt::format("if these are its books: install -D -m 600 '{}' '{}'; to begin anew and keep the old ones: "
                     "passa db stop; mv -T '{}' '{}.old'",
                     (m_folder / k_in_folder).string(), (m_home / k_in_home).string(), folder, folder),
         {{"folder", folder}, {"home", m_home.string()}}}};
}

} // namespace passa::db
