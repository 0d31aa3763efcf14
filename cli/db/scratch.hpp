// A private server in a folder of its own that ends with whoever made it, however that ends: books restored to be
// looked at do not stay in the clear.
//
// Its owner holds a lock on the folder. A small process beside it waits for that lock and clears the folder then; where
// that process ended too, with the machine or by a kill of everything, whoever comes next to the same place does.
#pragma once
#include "lib/db/cluster.hpp"

namespace passa::cli {

class Scratch {
public:
    // In `parent`, which the server's user must be able to enter. Error backup.scratch.
    explicit Scratch(const std::filesystem::path& parent);
    ~Scratch();
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    db::Cluster& cluster() { return *m_cluster; }

    static int clear_orphans(const std::filesystem::path& parent); // ours that nobody holds; how many there were

private:
    std::filesystem::path m_home;
    int m_lock = -1;
    std::optional<db::Cluster> m_cluster;
};

} // namespace passa::cli
