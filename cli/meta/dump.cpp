// passa dump: generated documents, for scripts/regen and the tests that compare them.
#include "cli/context.hpp"
#include "cli/spec/fields.hpp"
#include "cli/spec/help.hpp"
#include "cli/spec/parse.hpp"
#include "cli/spec/topics.hpp"
#include "lib/payout/state.hpp"

namespace passa::cli::dump {

enum class What : std::uint8_t { readme_table, commands, parse, payout_states };

} // namespace passa::cli::dump

template <>
struct passa::cli::Words<passa::cli::dump::What> {
    static constexpr std::pair<std::string_view, dump::What> k_all[] = {{"readme-table", dump::What::readme_table},
                                                                        {"commands", dump::What::commands},
                                                                        {"parse", dump::What::parse},
                                                                        {"payout-states", dump::What::payout_states}};
};

namespace passa::cli::dump {

struct Args {
    What what{};
    std::vector<std::string> words;
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
                           {"the_rest", o.the_rest},
                           {"choices", choices}});
    }
    return records;
}

// Mermaid: which cause leads from which state to which.
std::string payout_states() {
    std::string out = "```mermaid\nstateDiagram-v2\n    [*] --> planned\n";
    for (const auto& move : payout::moves())
        out += fmt::format("    {} --> {}: {}\n", payout::name(move.from), payout::name(move.to),
                           payout::name(move.cause));
    return out + "```\n";
}

bool has_topic(const std::vector<const Command*>& registry, const Command& command) {
    for (const auto& topic : topics_of(registry))
        if (topic.word == first_word(command)) return topic.group != "More";
    return false;
}

out::Record record_of(const std::vector<const Command*>& registry, const Command& command) {
    out::Records examples, exits, fields;
    for (const auto& f : json_fields(command.path))
        fields.push_back({{"path", f.path}, {"type", f.type}, {"meaning", f.meaning}, {"sometimes", f.sometimes}});
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
            {"exit_codes", exits},
            {"schema_name", schema_name(command.path)},
            {"fields", fields},
            {"has_topic", has_topic(registry, command)}};
}

ExitCode run(Context& ctx, const Args& args) {
    if (args.what == What::readme_table) return ctx.document("table", readme_table(ctx.registry())), ExitCode::ok;
    if (args.what == What::payout_states) return ctx.document("diagram", payout_states()), ExitCode::ok;
    if (args.what == What::parse)
        return static_cast<void>(parse(ctx.registry(), args.words).value_or_throw()), ExitCode::ok;
    out::Records records;
    for (const auto* command : ctx.registry()) records.push_back(record_of(ctx.registry(), *command));
    ctx.list({{"path", "PATH"}, {"effect", "EFFECT"}, {"summary", "SUMMARY"}}, records);
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "dump",
    .summary = "Print generated documents",
    .details = "With `parse` the words after -- are parsed as a command line, and nothing else is done with them.",
    .options = {positional("WHAT", &Args::what, "readme-table, commands, payout-states or parse"),
                positional("WORD", &Args::words, "What to parse")},
    .examples = {{"passa dump commands --json", "the whole tree of commands"}},
    .hidden = true,
    .run = runner(run),
};

} // namespace passa::cli::dump
