// zlib, a piece at a time: members that follow one another are one text, as gzip has it.
#include "lib/base/error.hpp"
#include "lib/base/text.hpp"
#include "lib/table/byte_source.hpp"

#include <vector>
#include <zlib.h>

namespace passa::table {
namespace {

constexpr int k_gzip_window = 15 + 16; // zlib's word for: with a gzip header
constexpr std::int64_t k_usual_growth = 8;

class GzipFile final : public ByteSource {
public:
    GzipFile(std::unique_ptr<ByteSource> packed, std::string name)
        : m_packed(std::move(packed)), m_name(std::move(name)), m_bytes(std::size_t{64} * 1024) {
        if (inflateInit2(&m_stream, k_gzip_window) != Z_OK) throw std::bad_alloc{};
    }
    ~GzipFile() override { inflateEnd(&m_stream); }
    GzipFile(const GzipFile&) = delete;
    GzipFile& operator=(const GzipFile&) = delete;

    std::size_t read(char* into, std::size_t most) override {
        if (most == 0 || m_done) return 0;
        m_stream.next_out = reinterpret_cast<Bytef*>(into); // zlib's bytes are unsigned
        m_stream.avail_out = static_cast<uInt>(std::min<std::size_t>(most, 1U << 30));
        const auto wanted = m_stream.avail_out;
        while (m_stream.avail_out == wanted && !m_done) step();
        const auto got = wanted - m_stream.avail_out;
        m_unpacked += got;
        if (m_unpacked > k_most_unpacked || m_unpacked > k_free_growth + m_taken * k_most_growth)
            fail(fmt::format("unpacks to more than {} times its size", k_most_growth),
                 "pack the export itself, nothing else");
        return got;
    }

    void restart() override {
        m_packed->restart();
        inflateReset(&m_stream);
        m_stream.avail_in = 0;
        m_taken = m_unpacked = 0;
        m_done = m_between = false;
    }
    [[nodiscard]] std::int64_t size() const override { return m_packed->size() * k_usual_growth; }

private:
    void step() {
        if (m_stream.avail_in == 0) {
            const auto got = m_packed->read(m_bytes.data(), m_bytes.size());
            m_stream.next_in = reinterpret_cast<Bytef*>(m_bytes.data());
            m_stream.avail_in = static_cast<uInt>(got);
            m_taken += got;
            if (got == 0 && !m_between) fail("is cut off", "fetch or pack it again");
            if (got == 0) return static_cast<void>(m_done = true);
        }
        if (m_between && inflateReset(&m_stream) == Z_OK) m_between = false;
        const int result = inflate(&m_stream, Z_NO_FLUSH);
        if (result == Z_STREAM_END)
            m_between = true;
        else if (result != Z_OK && result != Z_BUF_ERROR)
            fail("cannot be unpacked: it is damaged", "fetch or pack it again");
    }

    [[noreturn]] void fail(const std::string& what, std::string hint) const {
        throw Error{{Kind::invalid_input,
                     "table.packed",
                     fmt::format("{} {}", printable(m_name), what),
                     std::move(hint),
                     {},
                     {},
                     Place{m_name, 0, 0, {}, {}}}};
    }

    std::unique_ptr<ByteSource> m_packed;
    std::string m_name;
    std::vector<char> m_bytes;
    z_stream m_stream{};
    std::uint64_t m_taken = 0;
    std::uint64_t m_unpacked = 0;
    bool m_between = false; // two members: the end, if nothing follows
    bool m_done = false;
};

} // namespace

std::unique_ptr<ByteSource> open_gzip(std::unique_ptr<ByteSource> packed, std::string name) {
    return std::make_unique<GzipFile>(std::move(packed), std::move(name));
}

} // namespace passa::table
