// Asks for the figures again and again on a thread of its own, so that a database that does not answer keeps nobody
// from leaving.
#pragma once
#include "cli/top/frame.hpp"

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace passa::cli::top {

class Refresh {
public:
    using Load = std::function<Seen()>; // throws Error while the database cannot be asked

    Refresh(Load load, Duration every, Seen first);
    ~Refresh(); // waits for the thread
    Refresh(const Refresh&) = delete;
    Refresh& operator=(const Refresh&) = delete;

    [[nodiscard]] Seen newest() const;                    // with the reason, where it is not of now
    [[nodiscard]] int ready() const { return m_pipe[0]; } // to poll: a byte for each new one
    bool end(Duration patience);                          // false: the thread hangs in the database still

private:
    void work();
    void keep(Seen seen);
    Load m_load;
    Duration m_every;
    mutable std::mutex m_mutex;
    std::condition_variable m_wake;
    Seen m_newest;
    bool m_over = false;
    bool m_ended = false;
    int m_pipe[2] = {-1, -1};
    std::thread m_thread;
};

} // namespace passa::cli::top
