// Answers Prometheus over HTTP, by prometheus-cpp's server. There is no login: it listens on this machine alone, and
// whoever wants it elsewhere puts a proxy in front.
#pragma once
#include "lib/metrics/figures.hpp"

#include <functional>
#include <memory>
#include <string>

namespace passa::metrics {

class Server {
public:
    // `load` is called by one thread at a time, at most once in a few seconds; while it throws, passa_up is 0.
    // `listen`: 127.0.0.1:9464, port 0 for any. Errors metrics.listen, metrics.address.
    Server(const std::string& listen, std::string version, std::function<Figures()> load);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;
    [[nodiscard]] const std::string& url() const { return m_url; }

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
    std::string m_url;
};

} // namespace passa::metrics
