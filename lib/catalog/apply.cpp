// Look up, compare, store, remember.
#include "lib/catalog/apply.hpp"

#include "catalog_sql.hpp"
#include "lib/catalog/store.hpp"
#include "lib/crypto/hash.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace passa::catalog {
namespace {

// Fields whose values differ between two specs.
std::vector<std::string> differing_fields(const std::string& before, const std::string& after) {
    const auto a = nlohmann::json::parse(before);
    const auto b = nlohmann::json::parse(after);
    std::set<std::string> fields;
    for (const auto& [key, value] : a.items())
        if (!b.contains(key) || b[key] != value) fields.insert(key);
    for (const auto& [key, value] : b.items())
        if (!a.contains(key)) fields.insert(key);
    return {fields.begin(), fields.end()};
}

// PostgreSQL gives jsonb back in its own spelling: compare what is said, not how.
bool same_spec(const std::string& a, const std::string& b) {
    return nlohmann::json::parse(a) == nlohmann::json::parse(b);
}

void store_organizer(Store& store, const manifest::Manifest& manifest) {
    const Spec spec{manifest};
    if (store.tx.run(sql::find_zone, spec.text("zone")).empty())
        return spec.refuse(store, "zone",
                           {Kind::invalid_input, "event.zone",
                            fmt::format("there is no time zone {}", spec.text("zone")),
                            "write an IANA name such as Africa/Nairobi"});
    store.tx.run(sql::upsert_organizer, store.organizer, manifest.name, spec.text("title"), spec.text("zone"),
                 store.now);
}

// After archiving, a spec that says the same makes no new version of a money rule that is still in force.
bool needs_rows_again(Store& store, const manifest::Manifest& m, const IdBytes& id) {
    if (m.kind->name == "ExchangeRate" || m.kind->name == "PayoutPolicy") return false;
    return m.kind->name != "SplitPlan" || store.tx.run(sql::find_plan_tiers, store.organizer, id).empty();
}

Applied apply_one(Store& store, const ApplyInput& input, const manifest::Manifest& m) {
    Applied result{m.kind->name, m.name, Change::created, {}};
    const auto spec = manifest::canonical_spec(m);
    const auto from = fmt::format("{}:{}", m.document.source->name, m.document.root.mark.line);
    IdBytes id = m.kind->name == "Organizer" ? store.organizer.bytes() : store.ids.next();
    bool revived = false;
    std::int64_t generation = store.tx.run(sql::find_last_generation, store.organizer, m.kind->name, m.name)
                                  .one()
                                  .get<std::int64_t>("generation") +
                              1;
    if (const auto row = store.tx.run(sql::find_object, store.organizer, m.kind->name, m.name).find()) {
        id = row->get<IdBytes>("id");
        const auto live = row->get<std::string>("spec");
        const auto last = row->get<std::string>("applied");
        revived = !row->is_null("archived_at");
        if (same_spec(live, spec) && same_spec(last, spec) && !revived)
            return result.change = Change::unchanged, result;
        if (!same_spec(live, last) && !same_spec(live, spec) && !input.overwrite_drift)
            Spec{m}.refuse(
                store, "",
                {Kind::difference, "manifest.drift",
                 fmt::format("{} {} was changed by something else since it was last applied", m.kind->name, m.name),
                 "look at it with: passa diff -f; then apply with --overwrite-drift"});
        result.change = Change::changed;
        result.fields = differing_fields(live, spec);
    }
    const auto problems_before = store.problems.size();
    if (m.kind->name == "Organizer")
        store_organizer(store, m);
    else if (result.change == Change::created || !result.fields.empty() || (revived && needs_rows_again(store, m, id)))
        catalog::store(store, m, id);
    if (store.problems.size() != problems_before) return result;
    store.tx.run(sql::upsert_object, store.organizer, m.kind->name, m.name, id, generation, spec,
                 crypto::sha256(as_bytes(spec)), from, input.actor, store.now);
    store.tx.run(sql::insert_object_version, store.organizer, m.kind->name, m.name, generation, spec, input.actor,
                 store.now);
    return result;
}

} // namespace

std::string_view name(Change change) {
    return change == Change::created ? "created" : change == Change::changed ? "changed" : "unchanged";
}

std::string organizer_of(const std::vector<manifest::Manifest>& manifests, const std::optional<std::string>& chosen) {
    std::set<std::string> names;
    for (const auto& m : manifests) {
        if (m.kind->name == "Organizer")
            names.insert(m.name);
        else if (!m.organizer.empty())
            names.insert(m.organizer);
    }
    if (chosen) names.insert(*chosen);
    if (names.size() > 1)
        throw Error{{Kind::usage, "organizer.mixed",
                     fmt::format("these manifests are of several organizers: {}", fmt::join(names, ", ")),
                     "apply one organizer's files at a time"}};
    if (names.empty())
        throw Error{{Kind::usage, "organizer.which", "these manifests do not say whose they are",
                     "add an Organizer manifest, metadata.organizer, or --organizer NAME"}};
    return *names.begin();
}

std::optional<OrganizerId> find_organizer(db::Transaction& tx, std::string_view name) {
    const auto row = tx.run(sql::find_organizer, name).find();
    return row ? std::optional{row->get<OrganizerId>("id")} : std::nullopt;
}

std::vector<Applied> apply(Store& store, const ApplyInput& input) {
    store.tx.run(sql::lock_catalog, store.organizer);
    std::vector<Applied> results;
    for (const auto& m : input.manifests) {
        const auto before = std::move(store.problems); // a kind's store looks only at its own
        store.problems.clear();
        results.push_back(apply_one(store, input, m));
        store.problems.insert(store.problems.begin(), before.begin(), before.end());
    }
    if (store.problems.empty()) return results;
    std::stable_sort(store.problems.begin(), store.problems.end(), [](const Problem& a, const Problem& b) {
        return std::pair{a.place->file, a.place->line} < std::pair{b.place->file, b.place->line};
    });
    throw Error{std::move(store.problems)};
}

} // namespace passa::catalog
