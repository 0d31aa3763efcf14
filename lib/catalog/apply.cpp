// Look up, compare, store, remember.
#include "lib/catalog/apply.hpp"

#include "catalog_sql.hpp"
#include "lib/base/text.hpp"
#include "lib/catalog/store.hpp"
#include "lib/crypto/hash.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <iterator>
#include <set>

namespace passa::catalog {
namespace {

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

// Where in the file a difference is: its first field, or the object when the file does not have it.
Place place_of(const manifest::Manifest& m, const FieldDifference& difference) {
    const auto* node = m.spec().find(top_fields({difference}).front());
    return m.place(node == nullptr ? m.document.root.mark : node->mark);
}

Problem drift(const manifest::Manifest& m, const FieldDifference& d) {
    const auto said = [](const std::optional<std::string>& value) {
        return value ? fmt::format("'{}'", printable(*value, 120)) : std::string{"nothing"};
    };
    return {Kind::difference,
            "manifest.drift",
            fmt::format("{} {}: {} was changed by something else: it stands as {}, was last applied as {}, and the "
                        "file says {}",
                        m.kind->name, m.name, d.path, said(d.live), said(d.applied), said(d.file)),
            d.live ? fmt::format("write {} into the file to keep it, or apply with --overwrite-drift", said(d.live))
                   : "take it out of the file, or apply with --overwrite-drift",
            {},
            {},
            place_of(m, d)};
}

struct Known { // an object that there is, or was
    IdBytes id{};
    std::string live;
    std::string applied;
    bool archived = false;
};

std::optional<Known> find_known(Store& store, const manifest::Manifest& m) {
    const auto row = store.tx.run(sql::find_object, store.organizer, m.kind->name, m.name).find();
    if (!row) return std::nullopt;
    return Known{row->get<IdBytes>("id"), row->get<std::string>("spec"), row->get<std::string>("applied"),
                 !row->is_null("archived_at")};
}

// What the object shall say: the file's words, or those merged with what stands.
Merged decide(Store& store, const ApplyInput& input, const manifest::Manifest& m, const Known& known) {
    auto merged = merge(m.kind->spec, {known.applied, known.live, manifest::canonical_spec(m)}, input.overwrite_drift);
    if (!input.keep_conflicts)
        for (const auto& conflict : merged.conflicts) store.problems.push_back(drift(m, conflict));
    return merged;
}

void store_rows(Store& store, const manifest::Manifest& m, const std::string& spec, const IdBytes& id) {
    const auto said = manifest::with_spec(m, spec);
    if (m.kind->name == "Organizer")
        store_organizer(store, said);
    else
        catalog::store(store, said, id);
}

Applied apply_one(Store& store, const ApplyInput& input, const manifest::Manifest& m) {
    Applied result{m.kind->name, m.name, Change::created, {}, {}};
    const auto file = manifest::canonical_spec(m);
    const auto from = fmt::format("{}:{}", m.document.source->name, m.document.root.mark.line);
    const auto known = find_known(store, m);
    auto spec = file;
    IdBytes id = m.kind->name == "Organizer" ? store.organizer.bytes() : store.ids.next();
    if (known) {
        id = known->id;
        auto merged = decide(store, input, m, *known);
        spec = std::move(merged.spec);
        result.changes = std::move(merged.changes);
        result.conflicts = std::move(merged.conflicts);
        if (!store.problems.empty()) return result;
        result.change = result.changes.empty() && !known->archived ? Change::unchanged : Change::changed;
    }
    const auto hash = crypto::sha256(as_bytes(file));
    if (result.change == Change::unchanged) { // the file may still say it in other words than last time
        if (!same_spec(known->applied, file))
            store.tx.run(sql::update_applied, store.organizer, m.kind->name, m.name, file, hash, from);
        return result;
    }
    if (!known || !result.changes.empty() || needs_rows_again(store, m, id)) store_rows(store, m, spec, id);
    if (!store.problems.empty()) return result;
    const auto generation = store.tx.run(sql::find_last_generation, store.organizer, m.kind->name, m.name)
                                .one()
                                .get<std::int64_t>("generation") +
                            1;
    store.tx.run(sql::upsert_object, store.organizer, m.kind->name, m.name, id, generation, spec, file, hash, from,
                 input.actor, store.now);
    store.tx.run(sql::insert_object_version, store.organizer, m.kind->name, m.name, generation, spec, input.actor,
                 store.now, id);
    return result;
}

} // namespace

std::string_view name(Change change) {
    return change == Change::created ? "created" : change == Change::changed ? "changed" : "unchanged";
}

std::optional<std::string> find_organizer_named(const std::vector<manifest::Declared>& objects,
                                                const std::optional<std::string>& chosen) {
    std::set<std::string> names;
    for (const auto& object : objects) {
        if (object.kind == "Organizer")
            names.insert(object.name);
        else if (!object.organizer.empty())
            names.insert(object.organizer);
    }
    if (names.size() == 1 && chosen && *chosen != *names.begin())
        throw Error{
            {Kind::usage, "organizer.mixed",
             fmt::format("these manifests are of the organizer {}, but {} was chosen", *names.begin(), *chosen),
             fmt::format(
                 "to work as {0}, write organizer: {0} into passa.yaml, or --organizer {0}; what was applied as "
                 "{1} stays with {1}",
                 *names.begin(), *chosen)}};
    if (chosen) names.insert(*chosen);
    if (names.size() > 1)
        throw Error{{Kind::usage, "organizer.mixed",
                     fmt::format("these manifests are of several organizers: {}", fmt::join(names, ", ")),
                     "apply one organizer's files at a time"}};
    return names.empty() ? std::nullopt : std::optional{*names.begin()};
}

std::optional<OrganizerId> find_organizer(db::Transaction& tx, std::string_view name) {
    const auto row = tx.run(sql::find_organizer, name).find();
    return row ? std::optional{row->get<OrganizerId>("id")} : std::nullopt;
}

std::vector<Applied> apply(Store& store, const ApplyInput& input) {
    std::vector<Applied> results;
    Problems all;
    for (const auto& m : input.manifests) {
        store.problems.clear(); // a kind's store looks only at its own
        results.push_back(apply_one(store, input, m));
        if (!store.problems.empty()) store.lost.insert({m.kind->name, m.name});
        std::move(store.problems.begin(), store.problems.end(), std::back_inserter(all));
    }
    store.problems.clear();
    std::erase_if(all, [](const Problem& p) { return p.code.empty(); }); // what it follows from was said
    if (all.empty()) return results;
    std::stable_sort(all.begin(), all.end(), [](const Problem& a, const Problem& b) {
        return std::pair{a.place->file, a.place->line} < std::pair{b.place->file, b.place->line};
    });
    throw Error{std::move(all)};
}

} // namespace passa::catalog
