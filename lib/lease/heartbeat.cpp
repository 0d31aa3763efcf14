// One thread, one connection; woken at the end rather than waited for.
#include "lib/lease/heartbeat.hpp"

#include "lib/log/log.hpp"

namespace passa::lease {
namespace {
constexpr int k_beats = 3; // in the time of one lease
constexpr int k_most_missed = 2;
} // namespace

Heartbeat::Heartbeat(db::ConnectOptions options, Duration lease, Renew renew)
    : m_db(std::move(options)), m_lease(lease), m_renew(std::move(renew)), m_renewed(Steady::now()),
      m_thread([this] { beat(); }) {}

Heartbeat::~Heartbeat() {
    {
        const std::lock_guard lock{m_mutex};
        m_over = true;
    }
    m_wake.notify_all();
    m_thread.join();
}

void Heartbeat::beat_now() {
    {
        const std::lock_guard lock{m_mutex};
        m_wanted = true;
    }
    m_wake.notify_all();
}

bool Heartbeat::is_lost() const { return m_lost || Steady::now() >= m_renewed.load() + m_lease; }

void Heartbeat::beat() {
    int missed = 0;
    std::unique_lock lock{m_mutex};
    do { // at once: from now on the lease lives with this session, not with the worker's
        m_wanted = false;
        lock.unlock();
        const auto sent = Steady::now();
        try {
            if (m_renew(m_db))
                m_renewed = sent;
            else
                m_lost = true;
            missed = 0;
        } catch (const std::exception& error) { // whatever it is: without a beat the lease ends by itself
            log::warning("lease", "the lease could not be renewed: {}", error.what());
            if (++missed == k_most_missed) m_lost = true;
        }
        lock.lock();
        if (m_lost) return;
        m_wake.wait_for(lock, m_lease / k_beats, [this] { return m_over || m_wanted; });
    } while (!m_over);
}

} // namespace passa::lease
