// passa proof create: a party's lines of one settlement, each with its path to the root.
#include "cli/context.hpp"
#include "cli/proof/records.hpp"
#include "lib/report/document.hpp"
#include "lib/settle/prove.hpp"

namespace passa::cli::proof_create {

struct Args {
    SettlementId settlement;
    std::string party;
    std::optional<std::filesystem::path> out;
    bool force = false;
};

ExitCode run(Context& ctx, const Args& args) {
    const auto org = ctx.organizer();
    const auto file =
        ctx.read([&](db::Transaction& tx) { return settle::prove(tx, org, args.settlement, args.party); });
    const auto text = proof::file_text(file);
    if (args.out) report::store_document({*args.out, text, proof::k_file_mark}, args.force);
    if (!args.out && !ctx.is_for_tools()) {
        ctx.text(text);
        return ExitCode::ok;
    }
    auto record = proof_record(file);
    record.emplace_back("file", args.out ? out::Value{args.out->string()} : out::Value{nullptr});
    if (ctx.is_json()) record.emplace_back("proof", out::JsonText{text});
    ctx.show(record);
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "proof create",
    .summary = "Write what proves a party its lines of a settlement, to be kept",
    .details =
        "The lines of a settlement are hashed to one root, which is stored with them and never changes. Publish the "
        "root (passa settlement show prints it): whoever holds a proof then sees by himself, with passa proof verify, "
        "that his lines are among those that everybody was paid by. A proof tells nothing of other lines but how many "
        "are before and behind: each is hashed with a salt of its own.",
    .options = {option("settlement", &Args::settlement, "ID", "The settlement"),
                option("party", &Args::party, "NAME", "Whose lines"),
                option("out", &Args::out, "FILE", "Write the proof there; default: standard output"),
                flag("force", &Args::force, "Replace FILE even if it is no proof")},
    .examples =
        {{"passa proof create --settlement set_01h455vb4pex5vsknk084sn02q --party headliner --out headliner.json",
          "for the headliner to keep"}},
    .exits = {{ExitCode::balance_gap, "the lines are not those that the root was made of"}},
    .run = runner(run),
};

} // namespace passa::cli::proof_create
