// A tiny HTTP server in this process that misbehaves as told: one connection at a time, on a free port of this machine.
#pragma once
#include <atomic>
#include <chrono>
#include <functional>
#include <netinet/in.h>
#include <poll.h>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace passa::test {

class FakeHttp {
public:
    // Writes to the connection whatever it likes; returning closes it. The request has been read.
    using Talk = std::function<void(int fd)>;

    explicit FakeHttp(Talk talk) : m_talk(std::move(talk)), m_listener(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto* generic = static_cast<sockaddr*>(static_cast<void*>(&address));
        if (bind(m_listener, generic, size) != 0 || listen(m_listener, 8) != 0 ||
            getsockname(m_listener, generic, &size) != 0)
            throw std::runtime_error{"no port"};
        m_port = ntohs(address.sin_port);
        m_thread = std::thread{[this] { serve(); }};
    }
    ~FakeHttp() {
        m_done = true;
        m_thread.join();
        close(m_listener);
    }
    FakeHttp(const FakeHttp&) = delete;
    FakeHttp& operator=(const FakeHttp&) = delete;

    [[nodiscard]] std::string url(const std::string& path = "/") const {
        return "http://127.0.0.1:" + std::to_string(m_port) + path;
    }
    [[nodiscard]] const std::string& last_request() const { return m_request; } // after the exchange
    [[nodiscard]] int count() const { return m_count; }
    [[nodiscard]] bool done() const { return m_done; }

    static void say(int fd, const std::string& text) {
        std::size_t sent = 0;
        while (sent < text.size()) {
            const auto n = send(fd, text.data() + sent, text.size() - sent, MSG_NOSIGNAL);
            if (n <= 0) return;
            sent += static_cast<std::size_t>(n);
        }
    }
    static std::string answer(int status, const std::string& body, const std::string& headers = "") {
        return "HTTP/1.1 " + std::to_string(status) + " X\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
               headers + "Connection: close\r\n\r\n" + body;
    }

private:
    void serve() {
        while (!m_done) {
            pollfd waiting{m_listener, POLLIN, 0};
            if (poll(&waiting, 1, 20) <= 0) continue;
            const int fd = accept(m_listener, nullptr, nullptr);
            if (fd < 0) continue;
            ++m_count;
            read_request(fd);
            m_talk(fd);
            close(fd);
        }
    }
    void read_request(int fd) {
        std::string request;
        char buffer[4096];
        for (;;) {
            const auto head = request.find("\r\n\r\n");
            const auto length = request.find("Content-Length: ");
            const auto body = length == std::string::npos ? 0 : std::stoul(request.substr(length + 16));
            if (head != std::string::npos && request.size() >= head + 4 + body) break;
            const auto n = recv(fd, buffer, sizeof buffer, 0);
            if (n <= 0) break;
            request.append(buffer, static_cast<std::size_t>(n));
        }
        m_request = request;
    }

    Talk m_talk;
    int m_listener;
    int m_port = 0;
    std::atomic<bool> m_done{false};
    std::atomic<int> m_count{0};
    std::string m_request;
    std::thread m_thread;
};

} // namespace passa::test
