// A private database as files: a base copy of it while it works, and a copy brought to a later moment by its
// write-ahead log.
#pragma once
#include "lib/base/bytes.hpp"
#include "lib/db/cluster.hpp"

namespace passa::db {

// The data folder as a tar, some bytes at a time, by pg_basebackup. Errors db.dump, db.no_dump_program.
void dump_base(Cluster& cluster, const std::function<void(ByteView)>& take);

struct Recovery {
    std::function<std::size_t(std::span<std::uint8_t>)> base; // the tar; 0 is its end
    std::function<void(const std::filesystem::path& data, const std::filesystem::path& log)> bring_log; // into `log`
    std::optional<Instant> to;           // nothing: as far as the log goes
    std::function<void()> go_on = [] {}; // called while it replays; what it throws ends it, with the server still up
};

// Fills a cluster that has no data, replays, and stops it again: a new timeline of the same books. When the last thing
// in them was committed; nothing when the log held no more than the base copy. Errors db.restore, db.short_log.
std::optional<Instant> recover(Cluster& cluster, const Recovery& recovery);

// The first segment of the log that a base copy cannot do without.
std::string first_segment(const std::filesystem::path& data);

// Tells a data folder from its copies.
std::string serial_of(const std::filesystem::path& data);

// The finished segments that its archiver has not kept yet; also of a stopped server.
std::vector<std::string> find_unkept(const std::filesystem::path& data);

// What the archiver of a running server says.
struct Archiver {
    std::string segment; // where it writes now
    std::optional<std::string> last;
    std::optional<Instant> last_at;
    std::int64_t failed = 0;
    std::optional<Instant> failed_at;
    bool is_on = false;
    std::int64_t waiting = 0; // finished segments that it has not kept yet
    std::optional<Instant> waiting_since;
    bool is_behind = false; // since more than a minute; one is kept within a second
};
Archiver get_archiver(Connection& server);

} // namespace passa::db
