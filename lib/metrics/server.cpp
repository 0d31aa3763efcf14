// One answer serves whoever asks within a few seconds: a scrape costs a sum over the books.
#include "lib/metrics/server.hpp"

#include "lib/base/text.hpp"
#include "lib/metrics/exposition.hpp"

#include <charconv>
#include <chrono>
#include <mutex>
#include <prometheus/collectable.h>
#include <prometheus/exposer.h>
#include <prometheus/metric_family.h>

namespace passa::metrics {
namespace {

using Steady = std::chrono::steady_clock;
constexpr auto k_kept_for = std::chrono::seconds{5};
constexpr std::size_t k_threads = 2;
constexpr std::string_view k_here = "127.0.0.1:";

class Source final : public prometheus::Collectable {
public:
    Source(std::string version, std::function<Figures()> load)
        : m_version(std::move(version)), m_load(std::move(load)) {}

    [[nodiscard]] std::vector<prometheus::MetricFamily>
    Collect() const override { // NOLINT(readability-identifier-naming)
        const std::lock_guard lock{m_mutex};
        const auto now = Steady::now();
        if (m_kept.empty() || now - m_loaded >= k_kept_for) {
            m_kept = collect();
            m_loaded = now;
        }
        return m_kept;
    }

private:
    [[nodiscard]] std::vector<prometheus::MetricFamily> collect() const {
        prometheus::MetricFamily up{
            "passa_up", "1; 0: the database could not be asked.", prometheus::MetricType::Gauge, {}};
        up.metric.resize(1);
        std::vector<prometheus::MetricFamily> all;
        try {
            all = families_of(m_load(), m_version);
            up.metric.front().gauge.value = 1;
        } catch (const Error&) { // told by the figure itself; the next scrape asks again
            up.metric.front().gauge.value = 0;
        }
        all.push_back(std::move(up));
        return all;
    }

    std::string m_version;
    std::function<Figures()> m_load;
    mutable std::mutex m_mutex;
    mutable std::vector<prometheus::MetricFamily> m_kept;
    mutable Steady::time_point m_loaded;
};

bool is_here(const std::string& listen) {
    if (!listen.starts_with(k_here)) return false;
    const auto port = std::string_view{listen}.substr(k_here.size());
    std::uint16_t number = 0;
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), number);
    return error == std::errc{} && end == port.data() + port.size();
}

} // namespace

struct Server::Parts {
    std::shared_ptr<prometheus::Collectable> source;
    std::unique_ptr<prometheus::Exposer> exposer;
};

Server::Server(const std::string& listen, std::string version, std::function<Figures()> load)
    : m_parts(std::make_unique<Parts>()) {
    if (!is_here(listen))
        throw Error{{Kind::usage, "metrics.address",
                     fmt::format("{} is not a port of this machine", printable(listen, 60)),
                     "write 127.0.0.1:PORT; for other machines put a proxy with a login in front of it"}};
    m_parts->source = std::make_shared<Source>(std::move(version), std::move(load));
    try {
        m_parts->exposer = std::make_unique<prometheus::Exposer>(listen, k_threads);
    } catch (const std::exception&) { // civetweb's own, which says no more than that it failed
        throw Error{{Kind::unavailable, "metrics.listen", fmt::format("cannot listen on {}", printable(listen, 60)),
                     "choose a port that is free: --listen 127.0.0.1:PORT"}};
    }
    m_parts->exposer->RegisterCollectable(m_parts->source);
    m_url = fmt::format("http://{}{}/metrics", k_here, m_parts->exposer->GetListeningPorts().at(0));
}

Server::~Server() = default;

} // namespace passa::metrics
