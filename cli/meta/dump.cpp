// passa dump: generated documents, for scripts/regen and the tests that compare them.
#include "cli/context.hpp"
#include "cli/spec/help.hpp"

namespace passa::cli::dump {

enum class What : std::uint8_t { readme_table, commands };

} // namespace passa::cli::dump

template <>
struct passa::cli::Words<passa::cli::dump::What> {
    static constexpr std::pair<std::string_view, dump::What> k_all[] = {{"readme-table", dump::What::readme_table},
                                                                        {"commands", dump::What::commands}};
};

namespace passa::cli::dump {

struct Args {
    What what{};
};

const char* effect_name(Effect effect) {
    switch (effect) {
    case Effect::reads: return "reads";
    case Effect::writes: return "writes";
    case Effect::moves_money: return "moves_money";
    }
    return "";
}

out::Records records_of(const std::vector<Option>& options) {
    out::Records records;
    for (const auto& o : options) {
        out::Records choices;
        for (const auto& choice : o.choices) choices.push_back({{"word", choice}});
        records.push_back({{"name", o.name},
                           {"letter", o.letter == 0 ? out::Value{nullptr} : out::Value{std::string(1, o.letter)}},
                           {"value", o.value_name.empty() ? out::Value{nullptr} : out::Value{o.value_name}},
                           {"help", o.help},
                           {"positional", o.positional},
                           {"required", o.required},
                           {"many", o.many},
                           {"choices", choices}});
    }
    return records;
}

out::Record record_of(const Command& command) {
    out::Records examples, exits;
    for (const auto& e : command.examples) examples.push_back({{"command", e.command}, {"what", e.what}});
    for (const auto& e : exit_notes(command)) exits.push_back({{"code", static_cast<int>(e.code)}, {"when", e.when}});
    return {{"path", command.path},
            {"summary", command.summary},
            {"details", command.details},
            {"effect", effect_name(command.effect)},
            {"hidden", command.hidden},
            {"options", records_of(command.options)},
            {"common_options", records_of(global_options(command))},
            {"examples", examples},
            {"exit_codes", exits}};
}

ExitCode run(Context& ctx, const Args& args) {
    if (args.what == What::readme_table) return ctx.document("table", readme_table(ctx.registry())), ExitCode::ok;
    out::Records records;
    for (const auto* command : ctx.registry()) records.push_back(record_of(*command));
    ctx.list({{"path", "PATH"}, {"effect", "EFFECT"}, {"summary", "SUMMARY"}}, records);
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "dump",
    .summary = "Print generated documents",
    .options = {positional("WHAT", &Args::what, "readme-table or commands")},
    .examples = {{"passa dump commands --json", "the whole tree of commands"}},
    .hidden = true,
    .run = runner(run),
};

} // namespace passa::cli::dump
