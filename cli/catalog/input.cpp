// Reading, checking, choosing the organizer.
#include "cli/catalog/input.hpp"

#include "cli/context.hpp"
#include "lib/base/text.hpp"
#include "lib/catalog/kinds.hpp"
#include "lib/catalog/rail_words.hpp"
#include "lib/manifest/read.hpp"
#include "lib/stellar/strkey.hpp"
#include "lib/stellar/tx/asset.hpp"
#include "lib/stellar/tx/operation.hpp"

#include <algorithm>
#include <iterator>

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

} // namespace

std::vector<manifest::Manifest> load_manifests(std::vector<fs::path> files, const std::vector<fs::path>& more_files) {
    files.insert(files.end(), more_files.begin(), more_files.end());
    if (files.empty())
        throw Error{
            {Kind::usage, "cli.usage", "no manifest was named", "name files or folders: passa apply manifests/"}};
    std::vector<manifest::Document> documents;
    Problems problems;
    for (const auto& file : files) {
        auto read = manifest::read_path(file);
        if (!read)
            problems.insert(problems.end(), read.problems().begin(), read.problems().end());
        else if (read->empty()) // cut short, or the wrong place: nobody means to apply nothing
            problems.push_back({Kind::invalid_input, "manifest.empty",
                                fmt::format("there is no manifest in {}", printable(file.string(), 200)),
                                "check the path; passa init DIR makes examples"});
        else
            std::move(read.value().begin(), read.value().end(), std::back_inserter(documents));
    }
    auto checked = manifest::check(std::move(documents), catalog::kinds());
    const auto found = checked ? catalog::check_rail_words(*checked, rails()) : checked.problems();
    problems.insert(problems.end(), found.begin(), found.end());
    if (!problems.empty()) throw Error{std::move(problems)};
    return std::move(checked).value();
}

std::vector<catalog::Applied> apply_in_scope(Context& ctx, const std::vector<manifest::Manifest>& manifests,
                                             const ApplyMode& mode) {
    const auto name = catalog::organizer_of(manifests, ctx.chosen_organizer());
    const auto find = [&] {
        return db::transact(ctx.db(), {.read_only = true},
                            [&](db::Transaction& tx) { return catalog::find_organizer(tx, name); });
    };
    const auto apply_as = [&](OrganizerId organizer) {
        return db::transact(ctx.db(), {organizer}, [&](db::Transaction& tx) {
            catalog::Store store{tx, organizer, ctx.ids(), ctx.clock().now(), {}};
            auto applied = catalog::apply(store, {manifests, ctx.actor(), mode.overwrite_drift, mode.keep_conflicts});
            if (mode.rehearse) throw RolledBack{std::move(applied)};
            return applied;
        });
    };
    const bool declared =
        std::any_of(manifests.begin(), manifests.end(), [](const auto& m) { return m.kind->name == "Organizer"; });
    const auto known = find();
    if (!known && !declared)
        throw Error{{Kind::not_found, "organizer.unknown", fmt::format("there is no organizer {}", name),
                     "apply its Organizer manifest with the others"}};
    try {
        if (known) return apply_as(*known);
        try {
            return apply_as(ctx.ids().make<OrganizerTag>());
        } catch (const Error&) {
            const auto meanwhile = find(); // somebody else's first apply came before ours
            if (!meanwhile) throw;
            return apply_as(*meanwhile);
        }
    } catch (const RolledBack& rolled_back) {
        return rolled_back.applied;
    }
}

} // namespace passa::cli
