// Renews a lease every third of its time, on a connection of its own: a long statement of the worker must not cost it
// the lease.
#pragma once
#include "lib/db/database.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace passa::lease {

class Heartbeat {
public:
    // renew: false when the lease is lost; its errors count as a beat missed.
    using Renew = std::function<bool(db::Database&)>;
    Heartbeat(db::ConnectOptions options, Duration lease, Renew renew);
    ~Heartbeat();
    Heartbeat(const Heartbeat&) = delete;
    Heartbeat& operator=(const Heartbeat&) = delete;

    // The database said so, two beats in a row failed, or none has come through for the lease's whole time: a beat may
    // hang, and this process may have been stopped.
    [[nodiscard]] bool is_lost() const;
    void beat_now(); // what the next beat would tell is needed before its time

private:
    using Steady = std::chrono::steady_clock;
    void beat();
    db::Database m_db;
    Duration m_lease;
    Renew m_renew;
    std::atomic<Steady::time_point> m_renewed; // before the beat was sent
    std::atomic<bool> m_lost = false;
    bool m_over = false;
    bool m_wanted = false; // a beat before its time
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::thread m_thread;
};

} // namespace passa::lease
