// Reading, checking, choosing the organizer.
#include "cli/catalog/input.hpp"

#include "cli/context.hpp"
#include "lib/base/text.hpp"
#include "lib/catalog/kinds.hpp"
#include "lib/catalog/rail_words.hpp"
#include "lib/catalog/read.hpp"
#include "lib/catalog/rules.hpp"
#include "lib/manifest/read.hpp"
#include "lib/stellar/strkey.hpp"
#include "lib/stellar/tx/asset.hpp"
#include "lib/stellar/tx/operation.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>

namespace passa::cli {

namespace fs = std::filesystem;

namespace {

// Thrown to leave the transaction without keeping it.
struct RolledBack {
    std::vector<catalog::Applied> applied;
};

template <auto Parse>
Problems problems_of(const std::string& word) {
    const auto parsed = Parse(word);
    return parsed ? Problems{} : parsed.problems();
}

const std::map<std::string, catalog::RailWords>& rails() {
    static const std::map<std::string, catalog::RailWords> all{
        {"stellar",
         {problems_of<stellar::tx::parse_address>, problems_of<stellar::tx::make_memo>,
          problems_of<stellar::parse_account>, problems_of<stellar::tx::parse_asset>}}};
    return all;
}

bool stands_before(const Problem& a, const Problem& b) {
    const auto key = [](const Problem& p) {
        return p.place ? std::tuple{0, p.place->file, p.place->line, p.place->column}
                       : std::tuple{1, std::string{}, 0, 0};
    };
    return key(a) < key(b);
}

std::vector<manifest::Document> read_all(const std::vector<fs::path>& files, ManifestSet& set) {
    std::vector<manifest::Document> documents;
    for (const auto& file : files) {
        Problems problems;
        auto read = manifest::read_path(file, problems);
        if (read.empty() && problems.empty()) // cut short, or the wrong place: nobody means to apply nothing
            problems.push_back({Kind::invalid_input, "manifest.empty",
                                fmt::format("there is no manifest in {}", printable(file.string(), 200)),
                                "check the path; passa init DIR makes examples"});
        if (!problems.empty()) set.unread = true;
        std::move(problems.begin(), problems.end(), std::back_inserter(set.problems));
        std::move(read.begin(), read.end(), std::back_inserter(documents));
    }
    return documents;
}

catalog::Lost lost_of(const ManifestSet& set) {
    catalog::Lost lost;
    for (const auto& object : set.malformed)
        for (const auto& kind : catalog::kinds()) // of an unknown kind: whatever it was meant to be
            if (kind.name == object.kind || catalog::find_kind(object.kind) == nullptr)
                lost.insert({kind.name, object.name});
    return lost;
}

std::vector<catalog::Applied> apply_as(Context& ctx, const ManifestSet& set, const ApplyMode& mode,
                                       OrganizerId organizer) {
    return db::transact(ctx.db(), {organizer}, [&](db::Transaction& tx) {
        auto store = catalog::open_store(tx, organizer, ctx.ids(), ctx.clock());
        store.lost = lost_of(set);
        auto applied = catalog::apply(store, {set.manifests, ctx.actor(), mode.overwrite_drift, mode.keep_conflicts});
        if (mode.rehearse) throw RolledBack{std::move(applied)};
        return applied;
    });
}

// A second one is seldom meant: mostly the first was given another name.
void note_second_organizer(Context& ctx, const std::string& name) {
    std::vector<std::string> others;
    for (const auto& known : db::transact(ctx.db(), {.read_only = true}, catalog::load_organizers))
        others.push_back(known.name);
    if (others.empty()) return;
    ctx.note(fmt::format("{0} is a new organizer, beside {1}, whose objects stay there; choose between them with "
                         "organizer: {0} in passa.yaml, or --organizer {0}",
                         name, join(others, ", ")));
}

// Of the organizer that the files name or that was chosen; else of the only one there is.
std::vector<catalog::Applied> apply_to_organizer(Context& ctx, const ManifestSet& set, const ApplyMode& mode) {
    auto objects = set.malformed;
    for (const auto& m : set.manifests) objects.push_back({m.kind->name, m.name, m.organizer});
    const auto name = catalog::find_organizer_named(objects, ctx.chosen_organizer());
    if (!name) return apply_as(ctx, set, mode, ctx.organizer());
    const auto find = [&] {
        return db::transact(ctx.db(), {.read_only = true},
                            [&](db::Transaction& tx) { return catalog::find_organizer(tx, *name); });
    };
    if (const auto known = find()) return apply_as(ctx, set, mode, *known);
    const bool declared = std::any_of(set.manifests.begin(), set.manifests.end(),
                                      [](const auto& m) { return m.kind->name == "Organizer"; });
    if (!declared)
        throw Error{{Kind::not_found, "organizer.unknown", fmt::format("there is no organizer {}", *name),
                     "apply its Organizer manifest with the others"}};
    if (set.problems.empty()) note_second_organizer(ctx, *name);
    try {
        return apply_as(ctx, set, mode, ctx.ids().make<OrganizerTag>());
    } catch (const Error&) {
        const auto meanwhile = find(); // somebody else's first apply came before ours
        if (!meanwhile) throw;
        return apply_as(ctx, set, mode, *meanwhile);
    }
}

std::vector<catalog::Applied> apply_all(Context& ctx, const ManifestSet& set, const ApplyMode& mode) {
    try {
        return apply_to_organizer(ctx, set, mode);
    } catch (const RolledBack& rolled_back) {
        return rolled_back.applied;
    }
}

// Whether the database's problem is one that the files' own do not tell or explain already.
bool is_news(const ManifestSet& set, const Problem& problem) {
    const bool no_organizer_read = std::any_of(set.malformed.begin(), set.malformed.end(), [](const auto& object) {
        return object.kind.empty() || object.kind == "Organizer";
    });
    const bool of_organizer = problem.code.starts_with("organizer.");
    if (of_organizer && (set.unread || no_organizer_read)) return false;
    const bool of_reference = problem.code == "manifest.unknown_reference" || problem.code == "money.unknown_asset";
    if (of_reference && set.unread) return false;
    return std::none_of(set.problems.begin(), set.problems.end(), [&](const Problem& known) {
        return known.code == problem.code && known.place && problem.place && !stands_before(known, problem) &&
               !stands_before(problem, known);
    });
}

} // namespace

ManifestSet load_manifests(std::vector<fs::path> files, const std::vector<fs::path>& more_files) {
    files.insert(files.end(), more_files.begin(), more_files.end());
    if (files.empty())
        throw Error{
            {Kind::usage, "cli.usage", "no manifest was named", "name files or folders: passa apply manifests/"}};
    ManifestSet set;
    const auto add = [&](Problems more) { std::move(more.begin(), more.end(), std::back_inserter(set.problems)); };
    auto documents = read_all(files, set);
    auto checked = manifest::check_each(std::move(documents), catalog::kinds());
    set.manifests = std::move(checked.manifests);
    set.malformed = std::move(checked.malformed);
    add(std::move(checked.problems));
    for (const auto& m : set.manifests) add(catalog::check_rules(m));
    add(catalog::check_rail_words(set.manifests, rails()));
    std::stable_sort(set.problems.begin(), set.problems.end(), stands_before);
    return set;
}

std::vector<catalog::Applied> apply_in_scope(Context& ctx, const ManifestSet& set, const ApplyMode& mode) {
    if (set.problems.empty()) return apply_all(ctx, set, mode);
    auto all = set.problems;
    try {
        apply_all(ctx, set, {mode.overwrite_drift, mode.keep_conflicts, true});
    } catch (const Error& error) { // what only the database can tell is said in the same breath
        for (const auto& problem : error.problems())
            if (is_news(set, problem)) all.push_back(problem);
        std::stable_sort(all.begin(), all.end(), stands_before);
    }
    throw Error{std::move(all)};
}

} // namespace passa::cli
