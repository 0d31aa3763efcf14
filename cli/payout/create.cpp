// passa payout create: a batch out of what is owed, or out of a payment file.
#include "lib/payout/create.hpp"

#include "cli/context.hpp"
#include "cli/payout/desk.hpp"
#include "cli/payout/records.hpp"
#include "lib/event/event.hpp"
#include "lib/payout/file.hpp"
#include "lib/settle/settlement.hpp"

namespace passa::cli::payout_create {

struct Args {
    std::optional<SettlementId> settlement;
    std::optional<std::string> event;
    std::optional<std::filesystem::path> file;
    bool again = false;
    std::optional<std::string> treasury;
    std::vector<std::string> payees;
};

struct Made {
    payout::Created created;
    std::vector<payout::Payout> payouts;
};

Made make(db::Transaction& tx, const payout::Desk& desk, const Args& args) {
    payout::CreateOrder order;
    order.again = args.again;
    order.treasury = args.treasury;
    order.payees = args.payees;
    order.find_fault = Context::find_fault();
    if (args.event) order.event = event::get_event(tx, desk.organizer, *args.event).id;
    if (args.settlement) {
        order.settlement = args.settlement->bytes();
        order.event = settle::get_settlement(tx, desk.organizer, *args.settlement).event;
    }
    if (args.file) order.file = payout::read_file(*args.file, payout::load_assets(tx, desk.organizer));
    Made made{payout::create(tx, desk, order), {}};
    auto& batch = made.created.batch;
    if (batch.id.is_nil()) return made;
    made.payouts = payout::load_payouts(tx, desk.organizer, batch.id);
    batch = payout::get_batch(tx, desk.organizer, batch.id);
    return made;
}

// What was not kept has no id and no hash: nobody shall look for them.
void forget_ids(out::Record& record) {
    for (auto& [key, value] : record) {
        if (key == "batch" || key == "sha256" || key == "payout") value = nullptr;
        if (auto* payouts = std::get_if<out::Records>(&value.data))
            for (auto& payout : *payouts) forget_ids(payout);
    }
}

std::string all_blocked(std::size_t payouts) {
    return fmt::format("no batch was made: {} blocked, for the reasons above",
                       payouts == 1 ? std::string{"its one payout is"}
                                    : fmt::format("every one of {} payouts is", payouts));
}

ExitCode run(Context& ctx, const Args& args) {
    if (static_cast<int>(args.settlement.has_value()) + static_cast<int>(args.event.has_value()) +
            static_cast<int>(args.file.has_value()) !=
        1)
        throw Error{{Kind::usage, "payout.what", "say what to pay: one of --settlement, --event and --file",
                     "passa payout create --event NAME"}};
    if (args.file && !args.payees.empty())
        throw Error{{Kind::usage, "payout.payee_of_file",
                     "--payee chooses among those who are owed, and a file names its "
                     "payees itself",
                     "leave out --payee, or the lines that are not to be paid now"}};
    const bool dry = ctx.globals().dry_run;
    const auto desk = make_desk(ctx);
    const auto work = [&](db::Transaction& tx) { return make(tx, desk, args); };
    const auto [created, payouts] = dry ? ctx.rehearse(work) : ctx.write(work);
    const bool none = created.batch.id.is_nil();
    auto record =
        none ? out::Record{{"batch", nullptr}, {"payouts", out::Records{}}} : batch_record(created.batch, payouts);
    if (none || dry) forget_ids(record);
    if (none) record.back().second = planned_records(created.plan);
    record.emplace_back("carried", carried_records(created.plan));
    ctx.show(record);
    const auto blocked = created.plan.payouts.size();
    const auto exit = none && blocked > 0 ? ExitCode::failed : ExitCode::ok; // something was to be paid, nothing can be
    if (dry) ctx.note("dry run: nothing was made");
    if (none) ctx.note(blocked == 0 ? std::string{"nothing to pay"} : all_blocked(blocked));
    if (none || dry) return exit;
    ctx.note(fmt::format("{} waits for approval: passa payout approve {} --sha256 {}", total_text(payouts),
                         created.batch.id, to_hex(created.batch.sha256).substr(0, 16)));
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "payout create",
    .summary = "Make a batch of payouts out of what is owed, or out of a file",
    .details =
        "Every party gets what it is owed, converted once at the exchange rate in force, within the limits of the "
        "policy that the treasury names. What a party owes for one event comes off what it gets for another. Who "
        "cannot be paid is blocked with the reason and stays payable; less than the minimum is "
        "carried forward. With --payee, only those who are named are paid, and the next batch takes up the rest. "
        "Nothing is set aside and nothing leaves before the batch is approved and sent.\n\n"
        "A file is CSV (commas, semicolons or tabs) with a header: party or destination, amount, asset, and if wanted "
        "memo and reference. It "
        "is paid out of the organizer's own pocket. A line names a party, which is paid where its manifest says, or "
        "the destination of somebody else. Two lines that say the same differ in their reference, or are refused. A "
        "file that became a batch is refused, however it is written this time, and so is a line whose payee, amount "
        "and "
        "reference stand in an earlier file that was paid; with --again, the other lines are paid: those that are "
        "neither paid nor on their way.",
    .options = {option("settlement", &Args::settlement, "ID", "What is owed through this settlement of its event"),
                option("event", &Args::event, "NAME", "What is owed for this event"),
                option("file", &Args::file, "FILE", "Payments named in a CSV file"),
                option("payee", &Args::payees, "NAME",
                       "Only this party of those who are owed, and the rest in another batch; may be repeated"),
                flag("again", &Args::again, "Leave out the lines of the file that are paid or on their way"),
                option("treasury", &Args::treasury, "NAME", "The treasury to pay from; default: the only one")},
    .examples = {{"passa payout create --event nairobi-live", "everybody who is owed something"},
                 {"passa payout create --event nairobi-live --payee demo-band --payee demo-venue",
                  "these two now, the rest in another batch"},
                 {"passa payout create --file refunds.csv --dry-run", "what a file would pay"}},
    .exits = {{ExitCode::ok, "a batch was made, or nothing is owed; who is blocked in it stays payable"},
              {ExitCode::failed, "something is owed and all of it is blocked: no batch was made"}},
    .effect = Effect::writes,
    .dry_run = true,
    .run = runner(run),
};

} // namespace passa::cli::payout_create
