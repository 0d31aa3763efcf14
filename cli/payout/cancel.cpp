// passa payout cancel: take back what never left.
#include "lib/payout/cancel.hpp"

#include "cli/payout/desk.hpp"

namespace passa::cli::payout_cancel {

struct Args {
    BatchId batch;
    std::optional<std::string> reason;
};

ExitCode run(Context& ctx, const Args& args) {
    const auto desk = make_desk(ctx);
    const auto cancelled = payout::cancel(desk, args.batch, args.reason.value_or("cancelled"));
    ctx.show({{"batch", cancelled.batch.id.text()},
              {"state", cancelled.batch.state},
              {"withdrawn", cancelled.withdrawn},
              {"kept", cancelled.kept}});
    if (cancelled.kept == 0) return ExitCode::ok;
    ctx.note(fmt::format("{} payouts had left or ended before, and were not touched", cancelled.kept));
    return ExitCode::partial;
}

extern const Command k_command = {
    .path = "payout cancel",
    .summary = "Cancel the payouts of a batch that never left",
    .details =
        "Money that was set aside goes back to the payables it came from. What was sent, or may have been, is not "
        "touched.",
    .options = {positional("BATCH", &Args::batch, "The batch"),
                option("reason", &Args::reason, "TEXT", "Why; it is kept with every payout")},
    .examples = {{"passa payout cancel bat_01h455vb4pex5vsknk084sn02q --reason \"wrong rate\"", "before it is sent"}},
    .exits = {{ExitCode::partial, "some payouts had left before"}, {ExitCode::busy, "somebody is sending it"}},
    .effect = Effect::writes,
    .run = runner(run),
};

} // namespace passa::cli::payout_cancel
