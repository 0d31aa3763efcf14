// passa recon close: a person explains a break. The reason stays for whoever audits it.
#include "lib/recon/close.hpp"

#include "cli/context.hpp"
#include "cli/recon/records.hpp"

template <>
struct passa::cli::Words<passa::recon::CloseCode> {
    using C = passa::recon::CloseCode;
    static constexpr std::pair<std::string_view, C> k_all[] = {{"funding", C::funding},
                                                               {"paid", C::paid},
                                                               {"returned", C::returned},
                                                               {"written_off", C::written_off},
                                                               {"reissued", C::reissued},
                                                               {"refunded", C::refunded},
                                                               {"provider_corrected", C::provider_corrected}};
};

namespace passa::cli::recon_close {

struct Args {
    BreakId id;
    recon::CloseCode code{};
    std::string reason;
    std::optional<PayoutId> payout;
};

ExitCode run(Context& ctx, const Args& args) {
    const auto org = ctx.organizer();
    const auto now = ctx.clock().now();
    const bool dry = ctx.globals().dry_run;
    const auto work = [&](db::Transaction& tx) {
        const auto journal =
            recon::close({tx, org, ctx.ids(), now}, {args.id, args.code, args.reason, ctx.actor(), args.payout});
        auto record = break_record(recon::get_break(tx, org, args.id), now);
        const bool is_kept = journal && !dry; // nobody shall look for an entry that was not kept
        record.emplace_back("posted", is_kept ? out::Value{journal->text()} : out::Value{nullptr});
        return record;
    };
    ctx.show(dry ? ctx.rehearse(work) : ctx.write(work));
    if (dry) ctx.note("dry run: nothing was closed");
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "recon close",
    .summary = "Close a break with a code and a reason",
    .details =
        "What a break holds in suspense becomes an expense when it is written_off, and your own money when it is "
        "funding; with the other codes it waits for its counterpart. Take returned when a payee's address sent a "
        "payout back whole: what it had booked is reversed, its payee is owed again, and the next payout create pays "
        "it; mend the address first. When it came from another address, name the payout with --payout. So it is with "
        "one that somebody had closed as paid before it came back. A "
        "STATUS_CONFLICT asks who is right. Take paid when the payee has the money: what it was to be paid from is "
        "debited, a payout that was still to be sent is cancelled, and nothing more is owed for it. So does a "
        "MISSING_INTERNAL or DUPLICATE_EXTERNAL that paid a payout without saying so, by hand or from books that were "
        "lost: name that payout with --payout; sum and address must be its own. Where one batch that was never sent "
        "was to "
        "make every payment of that transaction, the break names the payout itself. With any "
        "other code the book is right, the payee is owed as before, and the next payout send or create pays it. A "
        "MISSING_EXTERNAL puts its money back into the treasury and into suspense, whatever the code, and owes its "
        "payee nothing again: a payee who has no money after all is paid by a payment file. A "
        "break about a payout whose outcome is unknown "
        "closes by proof alone. One person is enough, whatever the sum: no second one is asked. Who closed what, and "
        "why, stays for whoever audits it: passa recon list --all.",
    .options = {positional("BREAK", &Args::id, "The break"), option("code", &Args::code, "CODE", "How it was resolved"),
                option("reason", &Args::reason, "TEXT", "Why, for whoever audits it"),
                option("payout", &Args::payout, "PAYOUT",
                       "The payout that came back (--code returned) or was paid (--code paid)")},
    .examples =
        {{"passa recon close brk_01h455vb4pex5vsknk084sn02q --code returned --reason 'the exchange sent it back'",
          "a LATE_RETURN: its payee is owed again"},
         {"passa recon close brk_01h455vb4pex5vsknk084sn02q --code written_off --reason 'test payment, 0.10 USDC'",
          "what it held becomes an expense"}},
    .effect = Effect::writes,
    .dry_run = true,
    .run = runner(run),
};

} // namespace passa::cli::recon_close
