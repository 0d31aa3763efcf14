// The lock file: which contract a name means on a network, kept beside the manifests in version control, so that a
// pipeline notices when a name would come to mean another one.
#pragma once
#include "cli/contract/deploy.hpp"

namespace passa::cli::contract {

struct Locked {
    std::string address;
    std::string sha256;    // of the code; empty for an asset's
    std::string interface; // SHA-256 of what it says of itself; empty for those that are there already
    std::int64_t ledger = 0;
    std::string transaction; // that created it; empty: another one did
};

// Of a file's text. Error contract.lock_file, with what is wrong with it.
Result<std::map<std::string, Locked>> parse_lock(const std::string& text, const std::string& network);
std::string lock_text(const std::map<std::string, Locked>& contracts, const std::string& network);

class LockFile {
public:
    LockFile(const std::filesystem::path& folder, std::string network); // read; errors contract.lock_file
    // Error contract.locked: the name means another contract than the file says.
    void require(const Looked& looked) const;
    [[nodiscard]] const Locked* find(const std::string& name) const; // null: it says nothing of it
    void put(const Looked& looked, const std::string& transaction);  // what is known of the transaction stays
    void write() const;                                              // whole or not at all, and only if it changed
    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }

private:
    std::filesystem::path m_path;
    std::string m_network;
    std::map<std::string, Locked> m_contracts;
    std::string m_text; // as read
};

} // namespace passa::cli::contract
