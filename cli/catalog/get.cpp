// passa get: declared objects as they stand.
#include "cli/context.hpp"
#include "lib/base/text.hpp"
#include "lib/catalog/kinds.hpp"
#include "lib/catalog/read.hpp"

namespace passa::cli::get_object {

struct Args {
    std::optional<std::string> kind;
    std::optional<std::string> name;
};

std::optional<std::string> kind_named(const std::optional<std::string>& wanted) {
    if (!wanted) return std::nullopt;
    if (const auto* kind = catalog::find_kind(*wanted)) return kind->name;
    std::vector<std::string> names;
    for (const auto& kind : catalog::kinds()) names.push_back(kind.name);
    const auto near = nearest_names(*wanted, names);
    throw Error{{Kind::usage, "manifest.unknown_kind", fmt::format("there is no kind {}", printable(*wanted, 40)),
                 near.empty() ? fmt::format("kinds are: {}", join(names, ", "))
                              : fmt::format("did you mean {}?", near.front())}};
}

ExitCode run(Context& ctx, const Args& args) {
    const auto kind = kind_named(args.kind);
    const auto org = ctx.organizer();
    const auto objects = ctx.read([&](db::Transaction& tx) { return catalog::load_objects(tx, org, kind, args.name); });
    if (args.name && objects.empty())
        throw Error{{Kind::not_found, "manifest.no_object",
                     fmt::format("there is no {} {}", *kind, printable(*args.name, 60)),
                     fmt::format("list them with: passa get {}", *kind)}};
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
    if (args.name && !ctx.globals().json) return ctx.show(records.front()), ExitCode::ok;
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
                positional("NAME", &Args::name, "One object, with its spec")},
    .examples = {{"passa get event", "all events"}, {"passa get splitplan nairobi-live --json", "one plan"}},
    .run = runner(run),
};

} // namespace passa::cli::get_object
