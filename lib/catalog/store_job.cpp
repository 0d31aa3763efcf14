// A job that runs by itself. Its periods begin when it is declared, and anew when its schedule changes.
#include "catalog_sql.hpp"
#include "lib/base/schedule.hpp"
#include "lib/catalog/store.hpp"

namespace passa::catalog {
namespace {

constexpr std::int64_t k_catchup = 7; // as kinds.cpp says
constexpr Duration k_quiet = std::chrono::minutes{1};
constexpr Duration k_kept = std::chrono::days{90};

std::string scope_of(Store& store, const Spec& spec) {
    for (const auto& [field, kind] : {std::pair{"event", "Event"}, {"treasury", "Treasury"}})
        if (const auto name = spec.find_text(field)) {
            find_reference(store, spec, field, kind);
            return *name;
        }
    return {};
}

std::optional<std::int64_t> in_seconds(const std::optional<Duration>& time) {
    if (!time) return std::nullopt;
    return std::chrono::ceil<std::chrono::seconds>(*time).count();
}

} // namespace

void store_job(Store& store, const manifest::Manifest& manifest, const IdBytes& id) {
    const Spec spec{manifest};
    const auto scope = scope_of(store, spec);
    if (!store.problems.empty()) return;
    const auto job = spec.text("job");
    if (const auto other = store.tx.run(sql::find_job_of_scope, store.organizer, job, scope, id).find())
        return spec.refuse(store, "job",
                           {Kind::refused, "job.declared_twice",
                            fmt::format("Job {} does this already", other->get<std::string>("name")),
                            fmt::format("change that one, or: passa delete Job {}", other->get<std::string>("name"))});
    const auto text = spec.text("schedule");
    const auto schedule = parse_schedule(text).value_or_throw();
    const auto folder = spec.find_text("folder");
    std::optional<Duration> quiet;
    if (folder) quiet = spec.find_duration("quietFor").value_or(k_quiet);
    std::optional<Duration> kept;
    if (job == "housekeeping") kept = spec.find_duration("keepFor").value_or(k_kept);
    store.tx.run(sql::upsert_job, store.organizer, id, manifest.name, job, scope, text,
                 static_cast<std::int64_t>(schedule.every.count()),
                 static_cast<std::int64_t>(schedule.time_of_day.count()), schedule.weekday, store.now,
                 in_seconds(spec.find_duration("timeout")), spec.find_integer("maxCatchup").value_or(k_catchup),
                 spec.find_text("network"), folder, spec.find_text("profile"), in_seconds(quiet), in_seconds(kept),
                 in_seconds(spec.find_duration("copyEvery")), spec.find_text("copyTo"), spec.find_text("copyKey"),
                 spec.find_integer("copies"), spec.find_integer("itemsPerMinute"), spec.find_integer("maxRefused"));
}

} // namespace passa::catalog
