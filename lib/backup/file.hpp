// A backup's file: its header, what opens the stream, and the sealed stream (lib/crypto/sealed_stream.hpp). It is
// written whole or not at all. Memory: one chunk, whatever the size.
#pragma once
#include "lib/backup/header.hpp"
#include "lib/base/fresh_file.hpp"
#include "lib/crypto/hash.hpp"
#include "lib/crypto/sealed_stream.hpp"

#include <filesystem>
#include <fstream>

namespace passa::backup {

class FileWriter {
public:
    FileWriter(const std::filesystem::path& place, const Header& header,
               const crypto::PublicKey& to); // error backup.write
    void write(ByteView bytes);              // error backup.write
    bool finish();                           // on the disk under its name; false if that is taken. Error backup.write
    [[nodiscard]] std::uint64_t size() const { return m_size; } // of the file
    [[nodiscard]] Hash256 sha256() { return m_hash.finish(); }  // of the file, once it is finished

private:
    void put(ByteView bytes);
    std::filesystem::path m_place;
    crypto::StreamSealer m_sealer;
    FreshFile m_file;
    crypto::Sha256 m_hash;
    Bytes m_chunk;
    std::uint64_t m_size = 0;
};

class FileReader {
public:
    explicit FileReader(const std::filesystem::path& place); // errors backup.read, backup.format
    [[nodiscard]] const Header& header() const { return m_header; }
    // Before the first read. Error crypto.other_key, naming the key that it wants.
    void unlock(const Secret& seed);
    // Some of what was written; 0 at the end, which is proved to be the end. Errors backup.read, crypto.stream.
    std::size_t read(std::span<std::uint8_t> into);

private:
    void next_chunk();
    [[nodiscard]] Error unreadable() const;
    std::filesystem::path m_place;
    std::ifstream m_in;
    std::string m_header_text;
    Header m_header;
    FixedBytes<crypto::k_stream_opening> m_opening{};
    std::optional<crypto::StreamOpener> m_opener;
    Bytes m_chunk;
    std::size_t m_taken = 0;
    bool m_at_end = false;
};

} // namespace passa::backup
