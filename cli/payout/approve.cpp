// passa payout approve: a second person agrees to exactly this batch.
#include "lib/payout/approve.hpp"

#include "cli/context.hpp"
#include "cli/payout/desk.hpp"
#include "cli/payout/records.hpp"

namespace passa::cli::payout_approve {

struct Args {
    BatchId batch;
    std::optional<std::string> sha256;
};

ExitCode run(Context& ctx, const Args& args) {
    const auto desk = make_desk(ctx);
    const auto work = [&](db::Transaction& tx) {
        auto approved = payout::approve(tx, desk, args.batch, args.sha256);
        return std::pair{std::move(approved), payout::sum_payouts(tx, desk.organizer, args.batch)};
    };
    const auto [approved, sums] = ctx.globals().dry_run ? ctx.rehearse(work) : ctx.write(work);
    ctx.show({{"batch", approved.batch.id.text()},
              {"state", approved.batch.state},
              {"sha256", to_hex(approved.batch.sha256)},
              {"approved_by", desk.actor},
              {"made_by", approved.batch.made_by},
              {"persons", approved.persons},
              {"persons_needed", approved.batch.persons},
              {"total", total_text(sums)},
              {"payouts", count_of(sums)}});
    if (!desk.os_user.empty() && desk.os_user == approved.batch.made_os_user && !approved.batch.single_person)
        ctx.note("the same system user made the batch: that is kept beside the approval");
    if (approved.persons < approved.batch.persons)
        ctx.note(fmt::format("it takes {} more to approve it", approved.batch.persons - approved.persons));
    if (approved.was_known) ctx.note("you had approved it before: nothing changed");
    if (ctx.globals().dry_run) ctx.note("dry run: nothing was approved");
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "payout approve",
    .summary = "Approve a batch as it is now",
    .details =
        "The approval carries the hash of the batch: every payee, amount, destination and the treasury. A change of "
        "any of them voids it. The system user and the database user are kept beside it. Who made a batch may not "
        "approve it, unless the policy says singlePerson: true. The policy may name those who approve, and how many "
        "must "
        "agree to a batch by what it comes to (approvers, approvals): it is approved when the last of them has.\n\n"
        "An approval holds for the time that the policy says (approvalValidFor, 7 days by default); then it may be "
        "given "
        "again. A batch whose exchange rate was replaced before it is approved is refused: make it again. One whose "
        "rate "
        "is replaced afterwards is paid at the rate that was approved, and sending says so.",
    .options = {positional("BATCH", &Args::batch, "The batch"),
                option("sha256", &Args::sha256, "PREFIX",
                       "The hash of what you looked at, at least 8 digits: anything else is refused")},
    .examples = {{"passa payout approve bat_01h455vb4pex5vsknk084sn02q --sha256 1f0c3a5b", "after passa payout show"}},
    .exits = {{ExitCode::unauthorised, "you made the batch yourself, or the policy does not name you"},
              {ExitCode::differs, "the batch is not what --sha256 names"}},
    .effect = Effect::writes,
    .dry_run = true,
    .run = runner(run),
};

} // namespace passa::cli::payout_approve
