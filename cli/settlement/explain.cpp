// passa explain settlement: every fact, rule and remainder that led to the figures, replayed from what is stored.
#include "cli/context.hpp"
#include "cli/settlement/records.hpp"
#include "lib/settle/settlement.hpp"

#include <algorithm>

namespace passa::cli::explain_settlement {

struct Args {
    SettlementId id;
};

out::Value version_name(const settle::Replay& replay, const std::optional<IdBytes>& version) {
    return version ? out::Value{replay.version_names.at(*version)} : out::Value{nullptr};
}

out::Value party_name(const settle::Replay& replay, const std::optional<PartyId>& party) {
    return party ? out::Value{replay.party_names.at(*party)} : out::Value{nullptr};
}

// Counted from the sale lines, not read from the settlement.
out::Records intake_of(const settle::Replay& replay) {
    out::Records records;
    for (const auto& in : replay.intakes)
        records.push_back({{"plan", version_name(replay, in.plan_version)},
                           {"campaign", version_name(replay, in.campaign_version)},
                           {"creator", party_name(replay, in.creator)},
                           {"gross", in.gross},
                           {"tax", in.tax},
                           {"fees", in.fee_platform + in.fee_payment},
                           {"eligible", in.eligible}});
    return records;
}

out::Records pools_of(const settle::Replay& replay) {
    out::Records records;
    for (const auto& p : replay.due.pools) {
        const auto plan = std::find_if(replay.plans.begin(), replay.plans.end(),
                                       [&](const auto& v) { return v.id == p.plan_version; });
        records.push_back({{"plan", version_name(replay, p.plan_version)},
                           {"basis", plan->basis == split::Basis::net ? "net" : "gross"},
                           {"fees_from", party_name(replay, plan->fees_from)},
                           {"commission_from", party_name(replay, plan->commission_from)},
                           {"gross", p.gross},
                           {"tax", p.tax},
                           {"fees", p.fees},
                           {"commissions", p.commissions},
                           {"shared", p.shared}});
    }
    return records;
}

out::Records commissions_of(const settle::Replay& replay) {
    out::Records records;
    for (const auto& c : replay.due.commissions) {
        const auto terms = std::find_if(replay.terms.begin(), replay.terms.end(),
                                        [&](const auto& t) { return t.id == c.eligible.campaign_version; });
        records.push_back({{"campaign", version_name(replay, c.eligible.campaign_version)},
                           {"creator", replay.party_names.at(c.eligible.creator)},
                           {"eligible", c.eligible.total},
                           {"rate", terms->rate.text()},
                           {"before_cap", c.uncapped},
                           {"due", c.due}});
    }
    return records;
}

out::Records shares_of(const settle::Replay& replay) {
    out::Records records;
    for (const auto& pool : replay.due.pools)
        for (const auto& part : pool.parts)
            records.push_back({{"plan", version_name(replay, pool.plan_version)},
                               {"party", replay.party_names.at(part.share.party)},
                               {"share", money::Rate::from_ppm(part.share.ppm).text()},
                               {"of", pool.shared},
                               {"allocated", part.allocated},
                               {"remainder_unit", part.extra_unit}});
    return records;
}

out::Records dues_of(const settle::Replay& replay) {
    out::Records records;
    for (const auto& d : replay.due.dues)
        records.push_back({{"plan", version_name(replay, d.plan_version)},
                           {"party", replay.party_names.at(d.party)},
                           {"kind", d.kind == split::DueKind::share ? "share" : "commission"},
                           {"due_to_date", d.amount}});
    return records;
}

out::Records postings_of(const settle::Replay& replay) {
    out::Records records;
    for (const auto& p : replay.postings)
        records.push_back({{"account", p.account}, {"party", party_name(replay, p.party)}, {"amount", p.amount}});
    return records;
}

ExitCode run(Context& ctx, const Args& args) {
    const auto org = ctx.organizer();
    const auto replay = ctx.read([&](db::Transaction& tx) { return settle::replay(tx, org, args.id); });
    ctx.show({{"settlement", args.id.text()},
              {"through", replay.settlement.through},
              {"lines", replay.settlement.lines},
              {"replay", "equal"},
              {"law", "due to date less posted; largest remainder, ties to the earlier share; commissions round half "
                      "even on the total"},
              {"intake_to_date", intake_of(replay)},
              {"pools_to_date", pools_of(replay)},
              {"commissions_to_date", commissions_of(replay)},
              {"shares", shares_of(replay)},
              {"dues_to_date", dues_of(replay)},
              {"posted", delta_records(replay.settlement.deltas)},
              {"postings", postings_of(replay)}});
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "explain settlement",
    .summary = "Show how every figure of a settlement came about, and replay it",
    .details =
        "Counts the sale lines that were taken in, computes the settlement again from them and the plan and "
        "campaign versions, and holds the journal to it. A figure that comes out differently is an error, never a "
        "footnote. remainder_unit: this share got one of the units left over; posted amounts are debits.",
    .options = {positional("ID", &Args::id, "The settlement")},
    .examples = {{"passa explain settlement set_01h455vb4pex5vsknk084sn02q --json", "for tools"}},
    .exits = {{ExitCode::balance_gap, "the replay differs from what is stored"}},
    .run = runner(run),
};

} // namespace passa::cli::explain_settlement
