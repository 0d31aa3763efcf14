// passa explain settlement: every fact, rule and remainder that led to the figures, replayed from what is stored.
#include "cli/context.hpp"
#include "lib/settle/settlement.hpp"

#include <algorithm>

namespace passa::cli::explain_settlement {

struct Args {
    SettlementId id;
};

out::Records pools_of(const settle::Replay& replay) {
    out::Records records;
    for (const auto& p : replay.due.pools)
        records.push_back({{"plan_version", id_text::uuid(p.plan_version)},
                           {"gross", p.gross},
                           {"tax", p.tax},
                           {"fees", p.fees},
                           {"commissions", p.commissions},
                           {"shared", p.shared}});
    return records;
}

out::Records commissions_of(const settle::Replay& replay) {
    out::Records records;
    for (const auto& c : replay.due.commissions) {
        const auto terms = std::find_if(replay.terms.begin(), replay.terms.end(),
                                        [&](const auto& t) { return t.id == c.eligible.campaign_version; });
        records.push_back({{"creator", replay.party_names.at(c.eligible.creator)},
                           {"eligible", c.eligible.total},
                           {"rate", terms->rate.text()},
                           {"before_cap", c.uncapped},
                           {"due", c.due}});
    }
    return records;
}

out::Records shares_of(const settle::Replay& replay) {
    out::Records records;
    for (const auto& plan : replay.plans)
        for (const auto& share : plan.shares)
            records.push_back({{"plan_version", id_text::uuid(plan.id)},
                               {"basis", plan.basis == split::Basis::net ? "net" : "gross"},
                               {"party", replay.party_names.at(share.party)},
                               {"share", money::Rate::from_ppm(share.ppm).text()}});
    return records;
}

out::Records dues_of(const settle::Replay& replay) {
    out::Records records;
    for (const auto& d : replay.due.dues)
        records.push_back({{"plan_version", id_text::uuid(d.plan_version)},
                           {"party", replay.party_names.at(d.party)},
                           {"kind", d.kind == split::DueKind::share ? "share" : "commission"},
                           {"due_to_date", d.amount}});
    return records;
}

ExitCode run(Context& ctx, const Args& args) {
    const auto org = ctx.organizer();
    const auto replay = ctx.read([&](db::Transaction& tx) { return settle::replay(tx, org, args.id); });
    out::Records posted;
    for (const auto& d : replay.settlement.deltas)
        posted.push_back({{"party", d.party_name},
                          {"due_to_date", d.due.amount},
                          {"posted_before", d.posted_before},
                          {"posted_now", d.delta}});
    ctx.show({{"settlement", args.id.text()},
              {"through", replay.settlement.through},
              {"lines", replay.settlement.lines},
              {"replay", "equal"},
              {"law", "due to date less posted; largest remainder, ties to the earlier share; commissions round half "
                      "even on the total"},
              {"pools_to_date", pools_of(replay)},
              {"commissions_to_date", commissions_of(replay)},
              {"shares", shares_of(replay)},
              {"dues_to_date", dues_of(replay)},
              {"posted", posted}});
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "explain settlement",
    .summary = "Show how every figure of a settlement came about, and replay it",
    .details = "Computes the settlement again from the stored sale lines, plan and campaign versions. A figure that "
               "comes out differently is an error, never a footnote.",
    .options = {positional("ID", &Args::id, "The settlement")},
    .examples = {{"passa explain settlement set_01h455vb4pex5vsknk084sn02q --json", "for tools"}},
    .exits = {{ExitCode::balance_gap, "the replay differs from what is stored"}},
    .run = runner(run),
};

} // namespace passa::cli::explain_settlement
