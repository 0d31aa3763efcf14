// A backup's file: its header, what opens the stream, the sealed stream (lib/crypto/sealed_stream.hpp), and a signature
// over all of these. Anybody can seal to a public key; the signature says whose backup it is. It is written whole or
// not at all. Memory: one chunk, whatever the size.
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
    FileWriter(const std::filesystem::path& place, const Header& header, const crypto::PublicKey& to,
               const crypto::KeyPair& signer); // must outlive it; the header names it. Error backup.write
    void write(ByteView bytes);                // error backup.write
    bool finish();                             // on the disk under its name; false if that is taken. Error backup.write
    [[nodiscard]] std::uint64_t size() const { return m_size; } // of the file
    [[nodiscard]] Hash256 sha256() { return m_hash.finish(); }  // of the file, once it is finished

private:
    void put(ByteView bytes);
    std::filesystem::path m_place;
    crypto::StreamSealer m_sealer;
    const crypto::KeyPair& m_signer;
    FreshFile m_file;
    crypto::Sha256 m_hash;   // of the file
    crypto::Sha256 m_signed; // of what is signed: all before the signature
    Bytes m_chunk;
    std::uint64_t m_size = 0;
};

class FileReader {
public:
    explicit FileReader(const std::filesystem::path& place); // errors backup.read, backup.format
    [[nodiscard]] const Header& header() const { return m_header; }
    // Reads all of it once: nothing of a file is used that its signer did not write. Before the first read; error
    // backup.signature.
    void prove(const crypto::PublicKey& signer);
    // Before the first read. Error crypto.other_key, naming the key that it wants.
    void unlock(const Secret& seed);
    // Some of what was written; 0 at the end, which is proved to be the end of what prove() read. Errors backup.read,
    // crypto.stream.
    std::size_t read(std::span<std::uint8_t> into);

private:
    void next_chunk();
    [[nodiscard]] Error unreadable() const;
    [[nodiscard]] Error changed() const;
    [[nodiscard]] crypto::Sha256 begin_hash() const; // over what stands before the sealed stream
    std::filesystem::path m_place;
    std::ifstream m_in;
    std::string m_header_text;
    Header m_header;
    FixedBytes<crypto::k_stream_opening> m_opening{};
    std::optional<crypto::StreamOpener> m_opener;
    std::uint64_t m_left = 0; // of the sealed stream, not read yet
    crypto::Sha256 m_hash;    // of what was read
    std::optional<Hash256> m_proved;
    Bytes m_chunk;
    std::size_t m_taken = 0;
    bool m_at_end = false;
};

} // namespace passa::backup
