// Bytes are gathered into whole chunks on the way in, and handed out again chunk by chunk.
#include "lib/backup/file.hpp"

#include "lib/base/text.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

namespace passa::backup {

namespace fs = std::filesystem;

namespace {

// Says of what the system refused which file it was about.
template <typename F>
auto on_disk(const fs::path& place, F&& fn) {
    try {
        return fn();
    } catch (const std::system_error& error) {
        throw Error{{Kind::failed, "backup.write",
                     fmt::format("cannot write {}: {}", place.string(), error.code().message()),
                     "nothing was kept of this backup; make room, or name another folder with --out"}};
    }
}

FreshFile open_fresh(const fs::path& place) {
    return on_disk(place, [&] { return FreshFile{place}; });
}

constexpr std::size_t k_signature = std::tuple_size_v<crypto::Signature>;

// What the signature is over: no signature of another kind of thing can stand here.
std::string signed_words(const Hash256& file) { return "passa-backup\n" + to_hex(file) + "\n"; }

// There may be another: of this moment elsewhere, of an earlier one in the archive.
constexpr const char* k_another =
    "use another copy of it; in an archive, move it away: the base copy before it is used then";

std::string_view as_text(ByteView bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

} // namespace

FileWriter::FileWriter(const fs::path& place, const Header& header, const crypto::PublicKey& to,
                       const crypto::KeyPair& signer)
    : m_place(place), m_sealer(to, to_text(header)), m_signer(signer), m_file(open_fresh(place)) {
    put(as_bytes(to_text(header)));
    put(m_sealer.opening());
}

void FileWriter::put(ByteView bytes) {
    on_disk(m_place, [&] { m_file.write(as_text(bytes)); });
    m_hash.update(bytes);
    m_signed.update(bytes);
    m_size += bytes.size();
}

void FileWriter::write(ByteView bytes) {
    while (!bytes.empty()) {
        const auto some = bytes.first(std::min(bytes.size(), crypto::k_stream_chunk - m_chunk.size()));
        m_chunk.insert(m_chunk.end(), some.begin(), some.end());
        bytes = bytes.subspan(some.size());
        if (m_chunk.size() < crypto::k_stream_chunk) continue;
        put(m_sealer.seal(m_chunk, false));
        m_chunk.clear();
    }
}

bool FileWriter::finish() {
    put(m_sealer.seal(m_chunk, true));
    put(m_signer.sign(as_bytes(signed_words(m_signed.finish()))));
    return on_disk(m_place, [&] { return m_file.claim(); });
}

Error FileReader::unreadable() const {
    return Error{{Kind::not_found, "backup.read",
                  fmt::format("cannot read {}: {}", printable(m_place.string(), 200), std::strerror(errno)),
                  "name a file that passa db backup wrote"}};
}

FileReader::FileReader(const fs::path& place) : m_place(place) {
    std::error_code error; // a pipe would be waited for
    const auto kind = fs::status(place, error).type();
    if (kind != fs::file_type::regular && kind != fs::file_type::not_found && !error)
        throw Error{{Kind::invalid_input, "backup.format", fmt::format("{} is no file", printable(place.string(), 200)),
                     "name a file that passa db backup wrote; in an archive, move it away"}};
    m_in.open(place, std::ios::binary);
    if (!m_in) throw unreadable();
    while (m_header_text.size() <= k_longest_header && m_in.peek() != std::ifstream::traits_type::eof()) {
        char c = 0;
        m_in.get(c);
        m_header_text += c;
        if (m_header_text.ends_with("\n\n")) break;
    }
    auto header = parse_header(m_header_text);
    if (!header) {
        auto problem = header.problem();
        problem.message = fmt::format("{}: {}", place.string(), problem.message);
        throw Error{std::move(problem)};
    }
    m_header = std::move(header).value_or_throw();
    m_in.read(reinterpret_cast<char*>(m_opening.data()), static_cast<std::streamsize>(m_opening.size()));
    std::error_code unknown; // the size of what is no plain file
    const auto size = fs::file_size(place, unknown);
    const auto around = m_header_text.size() + m_opening.size() + k_signature;
    if (m_in.gcount() != static_cast<std::streamsize>(m_opening.size()) || unknown || size < around)
        throw Error{{Kind::invalid_input, "backup.format", fmt::format("{} is cut short", place.string()), k_another}};
    m_left = size - around;
    m_hash = begin_hash();
}

crypto::Sha256 FileReader::begin_hash() const {
    crypto::Sha256 hash;
    hash.update(as_bytes(m_header_text));
    hash.update(m_opening);
    return hash;
}

void FileReader::prove(const crypto::PublicKey& signer) {
    auto hash = begin_hash();
    const auto begin = m_in.tellg();
    Bytes some(crypto::k_sealed_chunk);
    for (auto left = m_left; left > 0;) {
        const auto n = std::min<std::uint64_t>(left, some.size());
        if (!m_in.read(reinterpret_cast<char*>(some.data()), static_cast<std::streamsize>(n))) throw changed();
        hash.update(std::span{some}.first(n));
        left -= n;
    }
    crypto::Signature signature{};
    if (!m_in.read(reinterpret_cast<char*>(signature.data()), k_signature)) throw changed();
    m_proved = hash.finish();
    if (!crypto::verify(signer, as_bytes(signed_words(*m_proved)), signature))
        throw Error{{Kind::invalid_input, "backup.signature",
                     fmt::format("{} is not what {} signed: it was changed, cut short, or made by somebody else",
                                 m_place.string(), m_header.signer),
                     k_another}};
    m_in.seekg(begin);
}

Error FileReader::changed() const {
    return Error{{Kind::invalid_input, "crypto.stream", fmt::format("{} was changed, or cut short", m_place.string()),
                  k_another}};
}

void FileReader::unlock(const Secret& seed) {
    auto opener = crypto::StreamOpener::make(seed, m_opening, m_header_text);
    if (!opener && opener.problem().code == "crypto.other_key")
        throw Error{{Kind::configuration, "crypto.other_key",
                     fmt::format("{} was sealed to another key, or was changed", m_place.string()),
                     fmt::format("it wants the key {}, {}", m_header.key, m_header.account)}};
    m_opener.emplace(std::move(opener).value_or_throw());
}

void FileReader::next_chunk() {
    Bytes sealed(std::min<std::uint64_t>(m_left, crypto::k_sealed_chunk));
    if (!m_in.read(reinterpret_cast<char*>(sealed.data()), static_cast<std::streamsize>(sealed.size())))
        throw m_in.bad() ? unreadable() : changed();
    m_left -= sealed.size();
    m_hash.update(sealed);
    auto chunk = m_opener->open(sealed);
    if (!chunk || chunk->is_last != (m_left == 0)) throw changed();
    auto opened = std::move(chunk).value_or_throw();
    m_chunk = std::move(opened.bytes);
    m_taken = 0;
    m_at_end = opened.is_last;
    if (m_at_end && m_hash.finish() != m_proved) throw changed(); // while it was read
}

std::size_t FileReader::read(std::span<std::uint8_t> into) {
    PASSA_ASSERT(m_opener.has_value() && m_proved.has_value());
    while (m_taken == m_chunk.size() && !m_at_end) next_chunk();
    const auto n = std::min(into.size(), m_chunk.size() - m_taken);
    std::copy_n(m_chunk.begin() + static_cast<std::ptrdiff_t>(m_taken), n, into.begin());
    m_taken += n;
    return n;
}

} // namespace passa::backup
