// passa explain sale: every fact of a sale, where it came from, which rules held, and what became of the money.
#include "cli/context.hpp"
#include "cli/sale/records.hpp"
#include "lib/report/sale_facts.hpp"

#include <set>

namespace passa::cli::explain_sale {

struct Args {
    std::string sale;
};

// From the beginning is not a time.
out::Value since(Instant at) { return at == Instant::min() ? out::Value{nullptr} : out::Value{at}; }

out::Record evidence_of(const report::LineFacts& f) {
    return joined(
        joined({{"id", f.line.id.text()}}, sale_evidence_record(f.line)),
        {{"profile_sha256", to_hex(f.profile_sha256)}, {"import", f.import.text()}, {"imported_by", f.imported_by}});
}

out::Record line_record(const report::LineFacts& f) {
    return joined(sale_line_record(f.line),
                  {{"tier_title", f.tier_title},
                   {"tier_price", f.tier_price},
                   {"plan_basis", f.basis},
                   {"plan_in_force_from", since(f.plan_from)},
                   {"commission_rate", f.commission_rate},
                   {"campaign_in_force_from", f.campaign_from ? since(*f.campaign_from) : out::Value{nullptr}},
                   {"settlement", f.settlement ? out::Value{f.settlement->text()} : out::Value{nullptr}}});
}

out::Record pool_record(const report::SettledPool& p) {
    return {{"settlement", p.settlement.text()}, {"through", p.through},
            {"gross_to_date", p.pool.gross},     {"tax_to_date", p.pool.tax},
            {"fees_to_date", p.pool.fees},       {"commissions_to_date", p.pool.commissions},
            {"shared_to_date", p.pool.shared}};
}

void add_parts(const report::SettledPool& p, out::Records& parts) {
    for (const auto& part : p.parts)
        parts.push_back({{"settlement", p.settlement.text()},
                         {"party", part.party},
                         {"kind", part.commission ? "commission" : "share"},
                         {"rate", part.rate},
                         {"eligible_to_date", part.base},
                         {"due_to_date", part.due},
                         {"posted_before", part.before},
                         {"posted_now", part.posted}});
}

// What the lines of these imports were booked by: an import books many lines in one entry.
out::Records journals_of(const report::SaleFacts& facts) {
    out::Records records;
    std::set<ImportId> seen;
    for (const auto& f : facts.lines) {
        if (!seen.insert(f.import).second) continue;
        for (const auto& journal : f.journals)
            records.push_back({{"import", f.import.text()}, {"journal", journal.text()}});
    }
    return records;
}

ExitCode run(Context& ctx, const Args& args) {
    const auto org = ctx.organizer();
    const auto facts = ctx.read([&](db::Transaction& tx) { return report::explain_sale(tx, org, args.sale); });
    out::Records lines, evidence, pools, parts;
    for (const auto& line : facts.lines) {
        lines.push_back(line_record(line));
        evidence.push_back(evidence_of(line));
    }
    for (const auto& pool : facts.pools) {
        pools.push_back(pool_record(pool));
        add_parts(pool, parts);
    }
    const auto& first = facts.lines.front();
    ctx.show({{"sale", first.line.sale.text()},
              {"event", first.event},
              {"source", first.line.source},
              {"order", first.line.order_ref},
              {"replay", "equal"},
              {"law", "a line belongs to the plan and campaign versions in force when it was sold, its changes to the "
                      "same; shares and commissions are worked out on totals to date, never per sale"},
              {"lines", lines},
              {"evidence", evidence},
              {"booked_by", journals_of(facts)},
              {"pools", pools},
              {"posted", parts}});
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "explain sale",
    .summary = "Show every fact of a sale, its evidence, and what became of it",
    .details =
        "The row of the file it came from, the tier, the plan and campaign versions in force, the settlement that "
        "took it in and what that made of the pool. Ids, net, versions and settlements are worked out again; a "
        "figure that comes out differently is an error.",
    .options = {positional("ID", &Args::sale, "The id of a sale or of one of its lines, or the order")},
    .examples = {{"passa explain sale nairobi27/A7KQZ --json", "one order, for tools"}},
    .exits = {{ExitCode::balance_gap, "something does not follow from what is stored"}},
    .run = runner(run),
};

} // namespace passa::cli::explain_sale
