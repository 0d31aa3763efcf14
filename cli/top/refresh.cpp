// What was loaded last stays when the next load fails: old figures with their age are better than none.
#include "cli/top/refresh.hpp"

#include "lib/base/assert.hpp"
#include "lib/base/error.hpp"

#include <fcntl.h>
#include <unistd.h>

namespace passa::cli::top {

Refresh::Refresh(Load load, Duration every, Seen first)
    : m_load(std::move(load)), m_every(every), m_newest(std::move(first)) {
    PASSA_ASSERT(pipe2(m_pipe, O_CLOEXEC | O_NONBLOCK) == 0);
    m_thread = std::thread{[this] { work(); }};
}

Refresh::~Refresh() {
    static_cast<void>(end(Duration::zero()));
    m_thread.join();
    for (const int fd : m_pipe) close(fd);
}

Seen Refresh::newest() const {
    const std::lock_guard lock{m_mutex};
    return m_newest;
}

bool Refresh::end(Duration patience) {
    std::unique_lock lock{m_mutex};
    m_over = true;
    m_wake.notify_all();
    return m_wake.wait_for(lock, patience, [this] { return m_ended; });
}

void Refresh::keep(Seen seen) {
    m_newest = std::move(seen);
    [[maybe_unused]] const auto written = write(m_pipe[1], "", 1); // a full pipe says it already
}

void Refresh::work() {
    std::unique_lock lock{m_mutex};
    while (!m_wake.wait_for(lock, m_every, [this] { return m_over; })) {
        auto next = m_newest;
        lock.unlock();
        try {
            next = m_load();
        } catch (const Error& error) { // shown; the next look asks again
            next.problem = error.first().message;
        }
        lock.lock();
        keep(std::move(next));
    }
    m_ended = true;
    m_wake.notify_all();
}

} // namespace passa::cli::top
