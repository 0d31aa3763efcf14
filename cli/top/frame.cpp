// Four panels, what needs a person first; where there is too little height the longest give way.
#include "cli/top/frame.hpp"

#include "lib/base/text.hpp"

#include <algorithm>
#include <chrono>

namespace passa::cli::top {
namespace {

constexpr std::size_t k_least_of_a_panel = 3; // a head, a row, and how many are left out

std::string grouped(std::int64_t n) {
    auto text = std::to_string(n);
    const std::size_t sign = n < 0 ? 1 : 0;
    for (auto at = static_cast<std::ptrdiff_t>(text.size()) - 3; at > static_cast<std::ptrdiff_t>(sign); at -= 3)
        text.insert(static_cast<std::size_t>(at), ",");
    return text;
}

// In the largest unit that it fills: 45s, 3m, 27h, 5d.
std::string age(Duration span) {
    const auto seconds = std::max<std::int64_t>(0, std::chrono::floor<std::chrono::seconds>(span).count());
    constexpr std::int64_t k_minute = 60, k_hour = 3'600, k_day = 86'400;
    if (seconds < 2 * k_minute) return fmt::format("{}s", seconds);
    if (seconds < 2 * k_hour) return fmt::format("{}m", seconds / k_minute);
    if (seconds < 2 * k_day) return fmt::format("{}h", seconds / k_hour);
    return fmt::format("{}d", seconds / k_day);
}

std::string age_of(const std::optional<Instant>& at, Instant now) { return at ? age(now - *at) : "-"; }

std::string or_dash(const std::string& text) { return text.empty() ? "-" : text; }

Panel payouts_panel(const overview::Overview& seen, Instant now) {
    Panel panel{{{"PAYOUTS", 0, 7}, {"COUNT"}, {"TOTAL"}, {"OLDEST", 1}}, {}, ""};
    const auto& all = seen.payouts;
    std::int64_t over = 0;
    for (const auto& each : all) over += each.total ? 0 : each.count;
    if (all.empty() || all.front().state != "unknown") panel.rows.push_back({{"unknown", "0", "-", "-"}});
    for (const auto& each : all) {
        const bool is_loud = each.state == "unknown" || each.state == "blocked" || each.state == "failed";
        const auto more = !each.total && over >= overview::k_most_payouts_over ? "+" : "";
        panel.rows.push_back({{each.state, grouped(each.count) + more, each.total ? each.total->for_people() : "-",
                               each.total ? age_of(each.oldest_since, now) : "last day"},
                              is_loud ? Tone::loud : Tone::plain});
    }
    return panel;
}

Panel breaks_panel(const overview::Overview& seen, Instant now) {
    Panel panel{{{"BREAKS", 0, 18}, {"TREASURY", 1, 8}, {"COUNT"}, {"OLDEST"}}, {}, "no open breaks"};
    for (const auto& each : seen.breaks)
        panel.rows.push_back(
            {{each.type, each.treasury, grouped(each.count), age(now - each.oldest_since)}, Tone::loud});
    return panel;
}

std::string next_of(const overview::JobNow& job, Instant now) {
    if (job.is_paused) return "paused";
    if (job.due_since) return "due " + age(now - *job.due_since);
    return job.next ? "in " + age(*job.next - now) : "-";
}

std::string last_of(const overview::JobNow& job) {
    if (job.last_state == "running" && job.worker.empty()) return "interrupted";
    if (job.last_exit.value_or(0) == 0 || job.last_state == "running") return or_dash(job.last_state);
    return fmt::format("{}, exit {}", job.last_state, *job.last_exit);
}

Panel jobs_panel(const overview::Overview& seen, Instant now) {
    Panel panel{
        {{"JOBS", 0, 16}, {"SCOPE", 3, 14}, {"NEXT"}, {"LAST", 0, 14}, {"AGO", 1}, {"WORKER", 4, 12}, {"ERROR", 2, 20}},
        {},
        "no job is declared, and none runs"};
    for (const auto& each : seen.jobs) {
        const bool is_well = each.last_state.empty() || (each.last_state == "running" && !each.worker.empty()) ||
                             (each.last_state == "done" && each.last_exit.value_or(0) == 0);
        panel.rows.push_back({{each.name, or_dash(each.scope), next_of(each, now), last_of(each),
                               age_of(each.last_at, now), or_dash(each.worker), each.last_error},
                              is_well ? Tone::plain : Tone::loud});
    }
    std::stable_partition(panel.rows.begin(), panel.rows.end(), // they stay in sight where the rest does not
                          [](const Row& row) { return row.tone == Tone::loud; });
    return panel;
}

Panel events_panel(const overview::Overview& seen, Instant now) {
    Panel panel{{{"EVENTS", 0, 20},
                 {"TICKETS"},
                 {"OF", 3},
                 {"LINES", 4},
                 {"UNSETTLED", 0},
                 {"NET SETTLED", 1},
                 {"IMPORTED", 2},
                 {"SETTLED", 5}},
                {},
                "no event is declared"};
    for (const auto& each : seen.events)
        panel.rows.push_back(
            {{each.name, grouped(each.sold), each.capacity ? grouped(*each.capacity) : "-", grouped(each.lines),
              grouped(each.unsettled), each.settled.for_people(),
              each.is_importing ? "now" : age_of(each.imported_at, now), age_of(each.settled_through, now)}});
    return panel;
}

// One line shorter: the last of the others says how many there would be.
void shorten(Lines& panel, std::size_t& hidden) {
    hidden += hidden == 0 ? 2 : 1; // the row that it stands on is hidden too
    panel.resize(panel.size() - 2);
    panel.push_back({fmt::format("… {} more", hidden), Tone::plain});
}

// As many lines as there is height for, the longest panels shortened first.
void fit_height(std::vector<Lines>& panels, std::size_t room) {
    std::vector<std::size_t> hidden(panels.size());
    const auto total = [&] {
        std::size_t lines = panels.size(); // a blank one above each
        for (const auto& panel : panels) lines += panel.size();
        return lines;
    };
    while (total() > room) {
        const auto longest = std::max_element(panels.begin(), panels.end(),
                                              [](const auto& a, const auto& b) { return a.size() < b.size(); });
        if (longest->size() <= k_least_of_a_panel) return;
        shorten(*longest, hidden[static_cast<std::size_t>(longest - panels.begin())]);
    }
}

Line title(const Seen& seen, const Look& look) {
    const auto width = look.size.width;
    auto left = "passa top  " + printable(seen.overview.organizer);
    if (!look.about.empty()) left += ", " + printable(look.about);
    auto right = to_text(std::chrono::floor<std::chrono::seconds>(look.now));
    if (!look.hint.empty() && display_width(left) + right.size() + look.hint.size() + 4 <= width)
        right = look.hint + "  " + right;
    left = cut(left, width > right.size() + 2 ? width - right.size() - 2 : width);
    const auto used = display_width(left) + right.size();
    return {used + 2 <= width ? left + std::string(width - used, ' ') + right : left, Tone::head};
}

} // namespace

Lines frame(const Seen& seen, const Look& look) {
    const auto [width, height] = look.size;
    Lines lines{title(seen, look)};
    if (!seen.problem.empty())
        lines.push_back(
            {cut(fmt::format("as it was {} ago: {}", age(look.now - seen.at), printable(seen.problem)), width),
             Tone::loud});
    const auto& overview = seen.overview;
    std::vector<Lines> panels;
    for (const auto& panel : {payouts_panel(overview, look.now), breaks_panel(overview, look.now),
                              jobs_panel(overview, look.now), events_panel(overview, look.now)})
        panels.push_back(lines_of(panel, width));
    if (height > 0) fit_height(panels, height > lines.size() ? height - lines.size() : 0);
    for (const auto& panel : panels) {
        lines.push_back({"", Tone::plain});
        lines.insert(lines.end(), panel.begin(), panel.end());
    }
    if (height > 0 && lines.size() > height) lines.resize(height);
    return lines;
}

} // namespace passa::cli::top
