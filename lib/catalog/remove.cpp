// Ask what names it, ask what is open, then delete or archive.
#include "lib/catalog/remove.hpp"

#include "catalog_sql.hpp"
#include "lib/base/text.hpp"
#include "lib/catalog/references.hpp"
#include "lib/catalog/use.hpp"

#include <algorithm>

namespace passa::catalog {
namespace {

Object find_wanted(const std::vector<Object>& objects, const RemoveInput& input) {
    std::vector<std::string> names;
    for (const auto& object : objects) {
        if (object.archived || object.kind != input.kind) continue;
        if (object.name == input.name) return object;
        names.push_back(object.name);
    }
    const auto near = nearest_names(input.name, names);
    throw Error{{Kind::not_found, "manifest.no_object",
                 fmt::format("there is no {} {}", input.kind, printable(input.name, 60)),
                 near.empty() ? fmt::format("list them with: passa get {}", input.kind)
                              : fmt::format("did you mean {}?", near.front())}};
}

Problem in_use(const Object& object, const std::string& because, std::string hint) {
    return {Kind::refused, "manifest.in_use",
            fmt::format("{} {} cannot be deleted: {}", object.kind, object.name, because), std::move(hint)};
}

void refuse_if_used(Store& store, const Object& object, const std::vector<Mention>& mentions) {
    for (const auto& m : mentions)
        if (!m.archived)
            store.problems.push_back(in_use(object, fmt::format("{} {} names it in {}", m.kind, m.name, m.field),
                                            fmt::format("change that first, or: passa delete {} {}", m.kind, m.name)));
    for (const auto& use : find_open_uses(store, object)) store.problems.push_back(in_use(object, use.what, use.hint));
    if (!store.problems.empty()) throw Error{std::move(store.problems)};
}

// Rows that only make the object work, not its history.
void end_effect(Store& store, const Object& object) {
    if (object.kind == "SplitPlan") store.tx.run(sql::delete_unsold_tier_plans, store.organizer, object.id);
    if (object.kind == "Campaign")
        store.tx.run(sql::end_codes, store.organizer, object.id, std::vector<std::string>{}, store.now);
}

void delete_rows(Store& store, const Object& object) {
    if (object.kind == "Party" || object.kind == "Creator")
        store.tx.run(sql::delete_party, store.organizer, object.id);
    else if (object.kind == "Event") {
        store.tx.run(sql::delete_tiers, store.organizer, object.id);
        store.tx.run(sql::delete_event, store.organizer, object.id);
    } else if (object.kind == "Network")
        store.tx.run(sql::delete_network, store.organizer, object.name);
    else if (object.kind == "Treasury")
        store.tx.run(sql::delete_treasury, store.organizer, object.id);
    else if (object.kind == "Job")
        store.tx.run(sql::delete_job, store.organizer, object.id);
    else if (object.kind == "NoticeChannel")
        store.tx.run(sql::delete_notice_channel, store.organizer, object.id);
    else if (object.kind == "Asset")
        store.tx.run(sql::delete_asset, store.organizer, name_in_specs(object));
    store.tx.run(sql::delete_object, store.organizer, object.kind, object.name);
}

Removed decide_and_remove(Store& store, const RemoveInput& input) {
    const auto objects = load_objects(store.tx, store.organizer, std::nullopt, std::nullopt);
    const auto object = find_wanted(objects, input);
    if (object.kind == "Organizer")
        throw Error{{Kind::refused, "organizer.stays", "an organizer owns its records: it is not deleted",
                     "to work as another, choose it: organizer: NAME in passa.yaml, or --organizer NAME"}};
    const auto mentions = find_mentions(objects, object);
    refuse_if_used(store, object, mentions);
    Removed removed{Removal::deleted, find_history(store, object)};
    if (removed.why.empty() && !mentions.empty())
        removed.why = fmt::format("the archived {} {} names it", mentions.front().kind, mentions.front().name);
    if (removed.why.empty()) {
        delete_rows(store, object);
        return removed;
    }
    removed.how = Removal::archived;
    end_effect(store, object);
    store.tx.run(sql::archive_object, store.organizer, object.kind, object.name, input.actor, store.now);
    return removed;
}

} // namespace

std::string_view name(Removal removal) { return removal == Removal::deleted ? "deleted" : "archived"; }

Removed remove(Store& store, const RemoveInput& input) {
    const auto removed = decide_and_remove(store, input);
    store.tx.run(sql::audit_removal, store.organizer, store.ids.next(), store.now, input.actor,
                 fmt::format("{} {}", input.kind, input.name), removed.why);
    return removed;
}

} // namespace passa::catalog
