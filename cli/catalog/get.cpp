// passa get: declared objects as they stand.
#include "cli/catalog/kind.hpp"
#include "cli/context.hpp"
#include "cli/spec/suggest.hpp"
#include "lib/base/text.hpp"
#include "lib/catalog/read.hpp"

namespace passa::cli::get_object {

struct Args {
    std::optional<std::string> kind;
    std::optional<std::string> name;
    bool archived = false;
};

Error no_object(Context& ctx, const std::string& kind, const std::string& name) {
    const auto org = ctx.organizer();
    std::vector<std::string> names;
    for (const auto& object :
         ctx.read([&](db::Transaction& tx) { return catalog::load_objects(tx, org, kind, std::nullopt); }))
        if (!object.archived) names.push_back(object.name);
    return Error{{Kind::not_found, "manifest.no_object", fmt::format("there is no {} {}", kind, printable(name, 60)),
                  nearest_hint(name, names, fmt::format("list them with: passa get {}", kind))}};
}

ExitCode run(Context& ctx, const Args& args) {
    const auto kind = args.kind ? std::optional{kind_named(*args.kind).name} : std::nullopt;
    const auto org = ctx.organizer();
    auto objects = ctx.read([&](db::Transaction& tx) { return catalog::load_objects(tx, org, kind, args.name); });
    if (!args.archived) std::erase_if(objects, [](const auto& object) { return object.archived; });
    if (args.name && objects.empty()) throw no_object(ctx, *kind, *args.name);
    out::Records records;
    for (const auto& o : objects)
        records.push_back({{"kind", o.kind},
                           {"name", o.name},
                           {"generation", o.generation},
                           {"changed_at", o.changed_at},
                           {"changed_by", o.changed_by},
                           {"archived", o.archived},
                           {"drifted", o.drifted},
                           {"spec", out::JsonText{o.spec}}});
    if (args.name && !ctx.is_json()) return ctx.show(records.front()), ExitCode::ok;
    ctx.list({{"kind", "KIND"},
              {"name", "NAME"},
              {"generation", "GENERATION"},
              {"changed_at", "CHANGED"},
              {"changed_by", "BY"}},
             records);
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "get",
    .summary = "Show declared objects",
    .options = {positional("KIND", &Args::kind, "Such as event or splitplan; none: all"),
                positional("NAME", &Args::name, "One object, with its spec"),
                flag("archived", &Args::archived, "Also what was deleted and is kept as history")},
    .examples = {{"passa get event", "all events"}, {"passa get splitplan nairobi-live --json", "one plan"}},
    .run = runner(run),
};

} // namespace passa::cli::get_object
