// libzip knows the format; what it says of sizes is taken for a claim, and counted.
#include "lib/table/archive.hpp"

#include "lib/base/error.hpp"
#include "lib/base/text.hpp"

#include <zip.h>

namespace passa::table {
namespace {

constexpr zip_int64_t k_most_parts = 10'000;
constexpr std::string_view k_again = "export it again, or save it as CSV";

class Part final : public ByteSource {
public:
    Part(std::shared_ptr<zip> archive, zip_stat_t stat, std::string name)
        : m_archive(std::move(archive)), m_stat(stat), m_name(std::move(name)) {
        restart();
    }
    ~Part() override { zip_fclose(m_file); }
    Part(const Part&) = delete;
    Part& operator=(const Part&) = delete;

    std::size_t read(char* into, std::size_t most) override {
        const auto got = zip_fread(m_file, into, most);
        if (got < 0) refuse_workbook(m_name, "cannot be unpacked: it is damaged or protected", std::string{k_again});
        m_unpacked += static_cast<std::uint64_t>(got);
        if (m_unpacked > k_most_unpacked || m_unpacked > k_free_growth + m_stat.comp_size * k_most_growth)
            refuse_workbook(m_name, fmt::format("unpacks to more than {} times its size", k_most_growth),
                            std::string{k_again});
        return static_cast<std::size_t>(got);
    }
    void restart() override {
        if (m_file != nullptr) zip_fclose(m_file);
        m_unpacked = 0;
        m_file = zip_fopen_index(m_archive.get(), m_stat.index, 0);
        if (m_file == nullptr)
            refuse_workbook(m_name, "cannot be unpacked: it is damaged or protected", std::string{k_again});
    }
    [[nodiscard]] std::int64_t size() const override { return static_cast<std::int64_t>(m_stat.size); }

private:
    std::shared_ptr<zip> m_archive;
    zip_stat_t m_stat;
    std::string m_name;
    zip_file_t* m_file = nullptr;
    std::uint64_t m_unpacked = 0;
};

} // namespace

void refuse_workbook(const std::string& name, const std::string& what, std::string hint) {
    throw Error{{Kind::invalid_input,
                 "table.workbook",
                 fmt::format("{} {}", printable(name), what),
                 std::move(hint),
                 {},
                 {},
                 Place{name, 0, 0, {}, {}}}};
}

Archive::Archive(const std::filesystem::path& path) : m_name(path.string()) {
    int why = 0;
    m_zip = {zip_open(path.c_str(), ZIP_RDONLY, &why), [](zip* archive) {
                 if (archive != nullptr) zip_discard(archive);
             }};
    if (m_zip == nullptr || zip_get_num_entries(m_zip.get(), 0) > k_most_parts)
        refuse_workbook(m_name, "cannot be unpacked: it is damaged or cut off", std::string{k_again});
}

std::unique_ptr<ByteSource> Archive::open(const std::string& part) const {
    zip_stat_t stat;
    zip_stat_init(&stat);
    constexpr zip_uint64_t wanted = ZIP_STAT_INDEX | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE;
    if (zip_stat(m_zip.get(), part.c_str(), ZIP_FL_NOCASE, &stat) != 0 || (stat.valid & wanted) != wanted)
        return nullptr;
    return std::make_unique<Part>(m_zip, stat, m_name);
}

} // namespace passa::table
