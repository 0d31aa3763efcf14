// passa explain payout: what was owed, how it became an amount, who approved it, every try, and what proves the
// outcome.
#include "cli/explain/read_bytes.hpp"
#include "lib/report/payout_facts.hpp"

namespace passa::cli::explain_payout {

struct Args {
    PayoutId id;
};

out::Records approvals_of(const report::PayoutFacts& f) {
    out::Records records;
    for (const auto& a : f.approvals)
        records.push_back(
            {{"approved_by", a.approved_by}, {"approved_at", a.approved_at}, {"batch_sha256", to_hex(a.sha256)}});
    return records;
}

out::Record conversion_of(const report::Conversion& c) {
    return {{"rate", c.rate},
            {"one_unit_buys", c.exchange.rate_text()},
            {"in_force_from", c.from == Instant::min() ? out::Value{nullptr} : out::Value{c.from}},
            {"source", c.source},
            {"rounding", "floor"},
            {"left_over", c.rounding}};
}

out::Value replayed(bool is_read) { return is_read ? out::Value{"equal"} : out::Value{nullptr}; }

out::Records attempts_of(const report::PayoutFacts& f) {
    out::Records records;
    for (const auto& a : f.attempts)
        records.push_back({{"attempt", a.id.text()},
                           {"state", a.state},
                           {"live", a.live},
                           {"network", a.stored.network},
                           {"hash", a.stored.key},
                           {"replay", replayed(a.is_read)},
                           {"operation", a.operation},
                           {"source", a.stored.source},
                           {"sequence", a.stored.sequence},
                           {"most_fee", a.stored.max_fee},
                           {"first_ledger", a.stored.first_position},
                           {"valid_until", a.stored.valid_until},
                           {"bytes", static_cast<std::int64_t>(a.stored.payload.size())},
                           {"made_at", a.made_at},
                           {"sent_at", a.sent_at},
                           {"finished_at", a.finished_at}});
    return records;
}

out::Records moves_of(const report::PayoutFacts& f) {
    out::Records records;
    for (const auto& m : f.moves)
        records.push_back({{"seq", m.seq},
                           {"from", m.from},
                           {"cause", m.cause},
                           {"to", m.to},
                           {"at", m.moved_at},
                           {"by", m.actor},
                           {"reason", m.reason},
                           {"evidence", m.evidence ? out::Value{m.evidence->text()} : out::Value{nullptr}}});
    return records;
}

out::Records evidence_of(const report::PayoutFacts& f) {
    out::Records records;
    for (const auto& e : f.evidence)
        records.push_back({{"evidence", e.id.text()},
                           {"attempt", e.attempt.text()},
                           {"kind", e.stored.kind},
                           {"reference", e.stored.external_ref},
                           {"seen_at", e.stored.seen_at},
                           {"sha256", to_hex(e.sha256)},
                           {"bytes", static_cast<std::int64_t>(e.stored.raw.size())},
                           {"replay", replayed(e.is_read)},
                           {"details", out::JsonText{e.stored.details}}});
    return records;
}

out::Records postings_of(const report::PayoutFacts& f) {
    out::Records records;
    for (const auto& p : f.postings)
        records.push_back({{"journal", p.journal.text()},
                           {"kind", p.kind},
                           {"posted_at", p.posted_at},
                           {"account", p.account},
                           {"whose", p.whose},
                           {"event", p.event},
                           {"amount", p.amount},
                           {"shared_with_other_payouts", p.is_shared}});
    return records;
}

out::Records parts_of(const report::PayoutFacts& f) {
    out::Records records;
    for (const auto& part : f.parts) records.push_back({{"event", part.event}, {"owed", part.owed}});
    return records;
}

ExitCode run(Context& ctx, const Args& args) {
    const auto org = ctx.organizer();
    auto f = ctx.read([&](db::Transaction& tx) { return report::explain_payout(tx, org, args.id); });
    report::replay_bytes(f, make_bytes_reader(ctx));
    const auto& settlement = f.batch.settlement;
    ctx.show({{"payout", args.id.text()},
              {"party", f.payout.party_name},
              {"state", std::string{payout::name(f.payout.state)}},
              {"reason", f.payout.reason},
              {"owed", f.payout.owed},
              {"netted", f.payout.netted},
              {"owed_by_event", parts_of(f)},
              {"amount", f.payout.amount},
              {"asset", f.payout.amount.asset().id},
              {"conversion", f.conversion ? out::Value{conversion_of(*f.conversion)} : out::Value{nullptr}},
              {"debited", f.payout.source},
              {"rail", f.payout.rail},
              {"destination", f.payout.destination},
              {"memo", f.payout.memo},
              {"batch", f.batch.id.text()},
              {"batch_state", f.batch.state},
              {"batch_sha256", to_hex(f.batch.sha256)},
              {"made_by", f.batch.made_by},
              {"made_at", f.batch.made_at},
              {"event", f.batch.event_name},
              {"settlement", settlement ? out::Value{id_text::encode("set", *settlement)} : out::Value{nullptr}},
              {"treasury", f.batch.treasury.name},
              {"policy", f.policy},
              {"single_person", f.batch.single_person},
              {"replay", "equal"},
              {"approvals", approvals_of(f)},
              {"attempts", attempts_of(f)},
              {"moves", moves_of(f)},
              {"evidence", evidence_of(f)},
              {"postings", postings_of(f)}});
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "explain payout",
    .summary = "Show what led to a payout and what proves its outcome, and replay it",
    .details =
        "What was owed per event and what was set against it, the batch and the hash that was approved, the conversion "
        "with its rate version and what rounding left over, every attempt with its transaction hash, sequence and "
        "bounds, the evidence, each move of its life and the journal. All of it is worked out again from what is "
        "stored, the hash of an attempt and what it pays from its bytes; a difference is an error.",
    .options = {positional("ID", &Args::id, "The payout")},
    .examples = {{"passa explain payout pay_01h455vb4pex5vsknk084sn02q --json", "for tools"}},
    .exits = {{ExitCode::balance_gap, "something does not follow from what is stored"}},
    .run = runner(run),
};

} // namespace passa::cli::explain_payout
