// The parts that more than one page shows.
#include "lib/report/pages.hpp"

#include "lib/base/assert.hpp"
#include "lib/report/chart.hpp"
#include "report_files.hpp"

#include <algorithm>

namespace passa::report {

using render::Fields;
using render::List;

std::string_view page_template(std::string_view file) {
    const auto* found = std::find_if(files::k_files.begin(), files::k_files.end(),
                                     [&](const auto& named) { return named.first == file; });
    PASSA_ASSERT(found != files::k_files.end());
    return found->second;
}

std::string count(std::int64_t number) {
    auto digits = std::to_string(number);
    for (auto at = digits.size(); at > (number < 0 ? 4U : 3U); digits.insert(at, ",")) at -= 3;
    return digits;
}

Fields head_fields(const Head& head, std::string_view program) {
    return {{"style", std::string{page_template("report.css")}},
            {"title", head.title},
            {"event", head.name},
            {"venue", head.venue},
            {"has_venue", !head.venue.empty()},
            {"zone", head.zone},
            {"organizer", head.organizer},
            {"starts", head.starts},
            {"generated", head.generated},
            {"program", std::string{program}}};
}

Fields proof_fields(const EventFigures& figures) {
    List checks, settlements, files;
    for (const auto& c : figures.checks)
        checks.push_back({{"law", c.law}, {"check", c.name}, {"holds", c.broken == 0}, {"broken", count(c.broken)}});
    for (const auto& s : figures.settlements)
        settlements.push_back({{"id", s.id.text()},
                               {"through", s.through},
                               {"settled", s.settled},
                               {"settled_by", s.settled_by},
                               {"lines", count(s.lines)}});
    for (const auto& f : figures.files)
        files.push_back({{"file", f.name},
                         {"sha256", f.sha256},
                         {"profile", f.profile},
                         {"imported", f.imported + (f.done ? "" : ", not finished")},
                         {"imported_by", f.imported_by}});
    return {{"any_settlements", !settlements.empty()},
            {"any_files", !files.empty()},
            {"checks", std::move(checks)},
            {"settlements", std::move(settlements)},
            {"files", std::move(files)}};
}

} // namespace passa::report
