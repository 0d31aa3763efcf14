// passa payout show: a batch with its payouts, or one payout with its whole life.
#include "cli/context.hpp"
#include "cli/payout/records.hpp"

namespace passa::cli::payout_show {

struct Args {
    std::string id;
    std::optional<std::int64_t> from;
    std::optional<std::int64_t> limit;
    std::optional<std::string> state;
};

namespace {

out::Records attempt_records(const payout::PayoutLife& life) {
    out::Records records;
    for (const auto& a : life.attempts)
        records.push_back({{"transaction", a.key},
                           {"state", a.state},
                           {"network", a.network},
                           {"sequence", a.sequence},
                           {"position", a.pos},
                           {"max_fee", a.max_fee},
                           {"valid_until", a.valid_until},
                           {"made_at", a.made_at},
                           {"finished_at", a.finished_at}});
    return records;
}

out::Records move_records(const payout::PayoutLife& life) {
    out::Records records;
    for (const auto& m : life.moves)
        records.push_back({{"from", m.from},
                           {"to", m.to},
                           {"cause", m.cause},
                           {"actor", m.actor},
                           {"at", m.at},
                           {"reason", m.reason},
                           {"evidence", m.evidence ? std::optional{m.evidence->text()} : std::nullopt}});
    return records;
}

out::Records evidence_records(const payout::PayoutLife& life) {
    out::Records records;
    for (const auto& e : life.evidence)
        records.push_back({{"evidence", e.id.text()},
                           {"kind", e.kind},
                           {"seen_at", e.seen_at},
                           {"bytes", e.bytes},
                           {"sha256", to_hex(e.sha256)},
                           {"details", out::JsonText{e.details}}});
    return records;
}

ExitCode show_payout(Context& ctx, PayoutId id) {
    const auto org = ctx.organizer();
    const auto life = ctx.read([&](db::Transaction& tx) { return payout::get_payout(tx, org, id); });
    auto record = payout_records({life.payout}).front();
    record.emplace_back("batch", life.batch.id.text());
    record.emplace_back("source", life.payout.source);
    record.emplace_back("attempts", attempt_records(life));
    record.emplace_back("moves", move_records(life));
    record.emplace_back("evidence", evidence_records(life));
    ctx.show(record);
    return ExitCode::ok;
}

payout::Part part_of(const Args& args) {
    payout::Part part{args.from.value_or(0), args.limit.value_or(k_shown)};
    if (part.from < 0 || part.most < 1)
        throw Error{{Kind::usage, "payout.part", "--from counts from 0, --limit from 1",
                     "passa payout show BATCH --from 1000 --limit 1000"}};
    if (args.state) part.state = payout::parse_state(*args.state).value_or_throw();
    return part;
}

ExitCode show_batch(Context& ctx, BatchId id, const Args& args) {
    const auto org = ctx.organizer();
    const auto part = part_of(args);
    const auto [batch, shown, approvals] = ctx.read([&](db::Transaction& tx) {
        return std::tuple{payout::get_batch(tx, org, id),
                          Shown{payout::sum_payouts(tx, org, id), payout::load_payouts(tx, org, id, part)},
                          payout::load_approvals(tx, org, id)};
    });
    auto record = batch_record(batch, shown);
    out::Records approved;
    for (const auto& a : approvals)
        approved.push_back({{"approved_by", a.approved_by},
                            {"os_user", a.os_user},
                            {"db_user", a.db_user},
                            {"approved_at", a.approved_at},
                            {"ends_at", a.approved_at + batch.approval_valid_for},
                            {"sha256", to_hex(a.sha256)}});
    record.emplace_back("approvals", approved);
    ctx.show(record);
    if (!args.state) tell_more(ctx, id, shown);
    return ExitCode::ok;
}

} // namespace

ExitCode run(Context& ctx, const Args& args) {
    if (args.id.starts_with("pay_")) return show_payout(ctx, parse_value<PayoutId>(args.id).value_or_throw());
    return show_batch(ctx, parse_value<BatchId>(args.id).value_or_throw(), args);
}

extern const Command k_command = {
    .path = "payout show",
    .summary = "Show a batch, or one payout with its attempts and evidence",
    .options = {positional("ID", &Args::id, "A batch (bat_...) or a payout (pay_...)"),
                option("from", &Args::from, "N", "Payouts of the batch from this place on, from 0"),
                option("limit", &Args::limit, "N", "At most so many payouts; default: 1000"),
                option("state", &Args::state, "STATE", "Payouts that stand there alone, such as failed")},
    .examples = {{"passa payout show bat_01h455vb4pex5vsknk084sn02q", "a batch and its hash, before approving it"},
                 {"passa payout show pay_01h455vb4pex5vsknk084sn02q", "every try, move and piece of evidence"}},
    .run = runner(run),
};

} // namespace passa::cli::payout_show
