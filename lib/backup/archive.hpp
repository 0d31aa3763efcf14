// A private database's archive: base copies, and beside them every segment of the write-ahead log, each sealed to a key
// and signed. With the newest base copy and the log since, the books of any later moment come back.
//
// FOLDER/base-20261122T031500Z.backup   what pg_basebackup wrote; holds: "base SIGNER SEGMENT", whose signature the
//                                       log bears, and from which segment on it is needed
// FOLDER/wal/000000010000000000000003   holds: "wal SEGMENT SHA256", of the segment as PostgreSQL had it
//
// The server itself writes the log there, unattended, with a key of its own; the base copy, signed by the home, vouches
// for that key.
#pragma once
#include "lib/backup/file.hpp"

#include <vector>

namespace passa::backup {

// What the server's user must know to archive a segment: a file beside the data.
struct ArchivePlan {
    std::filesystem::path folder;
    std::string key, account; // that opens it
    std::string signer;       // the account of archive.seed
    std::string data;         // which folder it is for: a copy of it is another database (file serial number)
};
std::string to_text(const ArchivePlan& plan);
std::optional<ArchivePlan>
find_plan(const std::filesystem::path& file); // nothing when there is none. Error backup.plan

// True: it is on the disk there, now or before. Errors backup.write, backup.segment (another one has its name).
struct Archivist {
    const ArchivePlan& plan;
    const crypto::KeyPair& signer;
    crypto::PublicKey to;
    std::string made_by;
};
void keep_segment(const Archivist& archivist, const std::filesystem::path& segment, Instant now);

struct BaseCopy {
    std::filesystem::path file;
    Header header;
    std::string log_signer;
    std::string segment;
};
std::vector<BaseCopy>
find_base_copies(const std::filesystem::path& folder); // in the order of the log, whatever clocks said
std::string base_holds(const std::string& log_signer, const std::string& segment);

// The segments from `first` on, in order, without those that a gap parts from it; and the first that is missing.
struct LogStretch {
    std::vector<std::filesystem::path> files; // with the histories of timelines
    std::optional<std::string> missing;
};
LogStretch find_log(const std::filesystem::path& folder, std::string_view first,
                    const std::filesystem::path& also_at); // segments that came with the base copy

// Puts the segment of a file into `into`, as PostgreSQL had it. Errors backup.signature, crypto.*.
struct LogReader {
    crypto::PublicKey signer;
    const Secret& seed;
};
void open_segment(const LogReader& reader, const std::filesystem::path& file, const std::filesystem::path& into);

// A copy that is one too many; false when it was gone before. Error backup.prune.
bool take_away(const std::filesystem::path& file);

// Takes away what no restore of the newest `keep` base copies needs; how many files. Error backup.prune.
std::int64_t prune(const std::filesystem::path& folder, std::int64_t keep);

} // namespace passa::backup
