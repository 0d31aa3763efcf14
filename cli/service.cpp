// Plain datagrams: what is lost is lost, as with sd_notify itself.
// https://www.freedesktop.org/software/systemd/man/sd_notify.html
#include "cli/service.hpp"

#include "cli/environment.hpp"
#include "lib/base/text.hpp"
#include "lib/log/log.hpp"

#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstring>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace passa::cli {
namespace {

constexpr std::size_t k_longest_status = 200;

} // namespace

Service::Service() : m_address(environment("NOTIFY_SOCKET").value_or("")) {
    if (m_address.empty()) return;
    if ((m_address[0] != '/' && m_address[0] != '@') || m_address.size() >= sizeof(sockaddr_un::sun_path)) {
        log::warning("service", "NOTIFY_SOCKET is no socket: {}", printable(m_address, 100));
        m_address.clear();
        return;
    }
    if (m_address[0] == '@') m_address[0] = '\0';
    m_socket = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (m_socket < 0) log::warning("service", "no socket to notify: {}", std::strerror(errno));
}

Service::~Service() {
    if (m_socket >= 0) close(m_socket);
}

void Service::ready() {
    if (!m_is_ready) send("READY=1");
    m_is_ready = true;
}

void Service::status(std::string_view text) {
    const auto line = printable(text, k_longest_status);
    if (line != m_status) send("STATUS=" + line);
    m_status = line;
}

void Service::alive() {
    const auto now =
        std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now().time_since_epoch());
    if (now.count() == m_last_alive) return;
    m_last_alive = now.count();
    send("WATCHDOG=1");
}

void Service::stopping() {
    if (!m_is_stopping) send("STOPPING=1");
    m_is_stopping = true;
}

void Service::send(std::string_view message) {
    if (m_socket < 0) return;
    sockaddr_un to{};
    to.sun_family = AF_UNIX;
    std::memcpy(to.sun_path, m_address.data(), m_address.size());
    const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + m_address.size());
    const auto* address = reinterpret_cast<const sockaddr*>(&to); // NOLINT(*-reinterpret-cast): as bind(2) asks
    if (sendto(m_socket, message.data(), message.size(), MSG_NOSIGNAL, address, size) < 0)
        log::info("service", "the service manager was not told: {}", std::strerror(errno));
}

} // namespace passa::cli
