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
    std::optional<std::string> key;
    std::optional<Duration> window;
};

constexpr Duration k_window = std::chrono::hours{7 * 24};

payout::CreateOrder order_of(db::Transaction& tx, const payout::Desk& desk, const Args& args) {
    payout::CreateOrder order;
    order.again = args.again;
    order.treasury = args.treasury;
    order.payees = args.payees;
    order.find_fault = Context::find_fault();
    order.key = args.key;
    order.alike_within = args.window.value_or(k_window);
    if (args.event) order.event = event::get_event(tx, desk.organizer, *args.event).id;
    if (args.settlement) {
        order.settlement = args.settlement->bytes();
        order.event = settle::get_settlement(tx, desk.organizer, *args.settlement).event;
    }
    if (args.file) order.file = payout::open_payments(*args.file, payout::load_assets(tx, desk.organizer));
    return order;
}

payout::Created make(db::Transaction& tx, const payout::Desk& desk, const Args& args, bool dry) {
    auto order = order_of(tx, desk, args);
    order.only_look = dry;
    auto created = payout::create(tx, desk, order);
    auto& batch = created.batch;
    if (batch.id.is_nil() || dry) return created;
    batch = payout::get_batch(tx, desk.organizer, batch.id);
    return created;
}

// What was not kept has no id and no hash: nobody shall look for them.
void forget_ids(out::Record& record) {
    for (auto& [key, value] : record) {
        if (key == "batch" || key == "sha256" || key == "payout") value = nullptr;
        if (auto* payouts = std::get_if<out::Records>(&value.data))
            for (auto& payout : *payouts) forget_ids(payout);
    }
}

std::string all_blocked(std::int64_t payouts) {
    return fmt::format("no batch was made: {} blocked, for the reasons above",
                       payouts == 1 ? std::string{"its one payout is"}
                                    : fmt::format("every one of {} payouts is", payouts));
}

// Of a batch that was not made: who would have been paid what, and why not.
out::Records refused_records(const std::vector<payout::Payout>& payouts) {
    out::Records records;
    for (const auto& p : payouts)
        records.push_back({{"party", p.party_name ? *p.party_name : p.destination.value_or("")},
                           {"owed", p.owed},
                           {"netted", p.netted},
                           {"state", std::string{payout::name(p.state)}},
                           {"reason", p.reason}});
    return records;
}

void show(Context& ctx, const payout::Created& created) {
    const bool none = created.batch.id.is_nil();
    const Shown shown{created.sums, created.first};
    auto record = none ? out::Record{{"batch", nullptr}, {"payouts", refused_records(created.first)}}
                       : batch_record(created.batch, shown);
    if (none || ctx.globals().dry_run) forget_ids(record);
    record.emplace_back("carried", carried_records(created.carried));
    ctx.show(record);
    tell_more(ctx, ctx.globals().dry_run ? BatchId{} : created.batch.id, shown);
    const auto told = static_cast<std::int64_t>(created.carried.size());
    if (told < created.carried_count)
        ctx.note(fmt::format("{} of {} that are carried forward are shown", told, created.carried_count));
}

void warn_of_alike(Context& ctx, const payout::Alike& alike) {
    if (alike.payouts == 0) return;
    ctx.note(fmt::format("{} of them pay the same payee the same as a batch before did, such as payout {}: look before "
                         "somebody approves them",
                         alike.payouts, alike.example.value()));
}

ExitCode tell(Context& ctx, const payout::Created& created) {
    const auto& batch = created.batch;
    const bool dry = ctx.globals().dry_run;
    const bool none = batch.id.is_nil();
    const auto blocked = count_of(created.sums);
    const auto exit = none && blocked > 0 ? ExitCode::failed : ExitCode::ok; // something was to be paid, nothing can be
    if (dry) ctx.note("dry run: nothing was made");
    if (none) ctx.note(blocked == 0 ? std::string{"nothing to pay"} : all_blocked(blocked));
    warn_of_alike(ctx, created.alike);
    if (none || dry) return exit;
    if (created.was_known) {
        ctx.note(fmt::format("{} was made under this key before: nothing changed", batch.id));
        return ExitCode::ok;
    }
    ctx.note(fmt::format("{} waits for approval: passa payout approve {} --sha256 {}", total_text(created.sums),
                         batch.id, to_hex(batch.sha256).substr(0, 16)));
    return ExitCode::ok;
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
    const auto work = [&](db::Transaction& tx) { return make(tx, desk, args, dry); };
    const auto created = dry ? ctx.rehearse(work) : ctx.write(work);
    show(ctx, created);
    return tell(ctx, created);
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
        "A file is CSV (commas, semicolons or tabs) with a header, or JSON lines (.jsonl) with the same names: party "
        "or "
        "destination, amount, asset, and if wanted memo, reference and key. It "
        "is paid out of the organizer's own pocket. A line names a party, which is paid where its manifest says, or "
        "the destination of somebody else. Two lines that say the same differ in their reference, or are refused. A "
        "file that became a batch is refused, however it is written this time, and so is a line whose payee, amount "
        "and "
        "reference stand in an earlier file that was paid; with --again, the other lines are paid: those that are "
        "neither paid nor on their way.\n\n"
        "A key is the caller's own name: of a line (column key), which is paid once under it, whatever file it stands "
        "in "
        "and whatever else changes; of the batch (--key), which is made once under it, so that the same command may be "
        "given again. The same key for something else is refused.",
    .options = {option("settlement", &Args::settlement, "ID", "What is owed through this settlement of its event"),
                option("event", &Args::event, "NAME", "What is owed for this event"),
                option("file", &Args::file, "FILE", "Payments named in a file: CSV or JSON lines, up to a million"),
                option("payee", &Args::payees, "NAME",
                       "Only this party of those who are owed, and the rest in another batch; may be repeated"),
                flag("again", &Args::again, "Leave out the lines of the file that are paid or on their way"),
                option("key", &Args::key, "KEY",
                       "The caller's own name for this batch: given again with the same, nothing more is made"),
                option("window", &Args::window, "TIME",
                       "Warn of payments of the same to the same payee in batches of this time; default: 7d"),
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
