// Several readers of the metrics at once, and a database that comes and goes.
#include "lib/base/error.hpp"
#include "lib/metrics/server.hpp"

#include <catch2/catch.hpp>

#include <arpa/inet.h>
#include <atomic>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

using namespace passa;

namespace {

std::string ask(std::uint16_t port) {
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    std::string answer;
    if (connect(fd, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0) {
        const std::string_view request = "GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        if (write(fd, request.data(), request.size()) == static_cast<ssize_t>(request.size())) {
            char some[4096];
            for (ssize_t got; (got = read(fd, some, sizeof some)) > 0;)
                answer.append(some, static_cast<std::size_t>(got));
        }
    }
    close(fd);
    return answer;
}

std::uint16_t port_of(const std::string& url) {
    const auto colon = url.rfind(':');
    return static_cast<std::uint16_t>(std::stoi(url.substr(colon + 1)));
}

} // namespace

TEST_CASE("many ask for the metrics at once, and the figures are loaded by one of them") {
    std::atomic<int> inside = 0;
    std::atomic<bool> crowded = false;
    metrics::Server server{"127.0.0.1:0", "0.0.0", [&]() -> metrics::Figures {
                               crowded = crowded || ++inside > 1;
                               metrics::Figures figures;
                               figures.imbalance_units = "0";
                               --inside;
                               return figures;
                           }};
    const auto port = port_of(server.url());
    std::atomic<int> told = 0;
    std::vector<std::thread> readers;
    for (int reader = 0; reader < 4; ++reader)
        readers.emplace_back([&] {
            for (int turn = 0; turn < 25; ++turn)
                if (ask(port).find("\npassa_up 1") != std::string::npos) ++told;
        });
    for (auto& reader : readers) reader.join();
    CHECK(told == 100);
    CHECK_FALSE(crowded);
}
