// passa manifest explain and schema: the field tables, for people and for editors.
#include "cli/catalog/kind.hpp"
#include "cli/context.hpp"
#include "cli/out/wrap.hpp"
#include "lib/base/text.hpp"
#include "lib/catalog/kinds.hpp"
#include "lib/sale/profile_fields.hpp"

namespace passa::cli {

namespace {

// Those that are applied, and the one that is a file beside them.
const manifest::ObjectKind& documented_kind(const std::string& wanted) {
    const auto& profile = sale::import_profile_kind();
    return equals_ignoring_case(wanted, profile.name) ? profile : kind_named(wanted);
}

struct ExplainArgs {
    std::optional<std::string> kind;
};

ExitCode run_explain(Context& ctx, const ExplainArgs& args) {
    if (args.kind) {
        const auto& kind = documented_kind(*args.kind);
        const auto text = manifest::explain(kind);
        const bool is_for_people = !ctx.is_for_tools() && ctx.terminal().stdout_is_tty;
        return ctx.document("text", is_for_people ? out::wrap_lines(text, ctx.terminal().width) : text), ExitCode::ok;
    }
    out::Records records;
    for (const auto& kind : catalog::kinds()) records.push_back({{"kind", kind.name}, {"doc", kind.doc}});
    const auto& profile = sale::import_profile_kind();
    records.push_back({{"kind", profile.name}, {"doc", profile.doc}});
    ctx.list({{"kind", "KIND"}, {"doc", "WHAT"}}, records);
    return ExitCode::ok;
}

struct SchemaArgs {
    std::string kind;
};

ExitCode run_schema(Context& ctx, const SchemaArgs& args) {
    const auto schema = manifest::json_schema(documented_kind(args.kind));
    if (ctx.is_json()) return ctx.show({{"json_schema", out::JsonText{schema}}}), ExitCode::ok;
    return ctx.text(schema), ExitCode::ok;
}

} // namespace

namespace manifest_explain {
extern const Command k_command = {
    .path = "manifest explain",
    .summary = "Explain the kinds of manifest and their fields",
    .options = {positional("KIND", &ExplainArgs::kind, "Such as Event; none: all kinds")},
    .examples = {{"passa manifest explain SplitPlan", "every field of a split plan"}},
    .run = runner(run_explain),
};
} // namespace manifest_explain

namespace manifest_schema {
extern const Command k_command = {
    .path = "manifest schema",
    .summary = "Print the JSON Schema of a kind, for editors",
    .options = {positional("KIND", &SchemaArgs::kind, "Such as Event")},
    .examples = {{"passa manifest schema Event > event.json", "for a YAML language server"}},
    .run = runner(run_schema),
};
} // namespace manifest_schema

} // namespace passa::cli
