// Figures as Prometheus reads them: text format 0.0.4, all gauges, no timestamps.
#pragma once
#include "lib/metrics/figures.hpp"

#include <string>

namespace prometheus {
struct MetricFamily;
}

namespace passa::metrics {

std::vector<prometheus::MetricFamily> families_of(const Figures& figures, const std::string& version);
std::string text_of(const Figures& figures, const std::string& version);

} // namespace passa::metrics
