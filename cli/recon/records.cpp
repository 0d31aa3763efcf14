// One record a break, a run, an asset.
#include "cli/recon/records.hpp"

namespace passa::cli {

std::vector<out::Column> break_columns() {
    return {{"id", "BREAK"},          {"type", "TYPE"}, {"age", "AGE"},     {"amount", "AMOUNT"},
            {"treasury", "TREASURY"}, {"why", "WHY"},   {"state", "STATE"}, {"code", "CODE"}};
}

out::Record break_record(const recon::BreakView& view, Instant now) {
    const auto payout = view.payout ? std::optional{id_text::encode("pay", *view.payout)} : std::nullopt;
    return {{"id", view.id.text()},
            {"type", view.type},
            {"state", view.closed_at ? "closed" : "open"},
            {"code", view.close_code},
            {"age", recon::age_bucket(view.closed_at.value_or(now) - view.opened_at)},
            {"amount", view.amount},
            {"held_in_suspense", view.held},
            {"treasury", view.treasury},
            {"subject", view.subject},
            {"why", view.why},
            {"payout", payout},
            {"statement_line", view.line},
            {"run", view.run.text()},
            {"opened_at", view.opened_at},
            {"closed_at", view.closed_at},
            {"closed_by", view.closed_by},
            {"close_reason", view.close_reason}};
}

out::Record short_break_record(const recon::BreakView& view, Instant now) {
    return {{"id", view.id.text()},  {"type", view.type},       {"age", recon::age_bucket(now - view.opened_at)},
            {"amount", view.amount}, {"subject", view.subject}, {"why", view.why}};
}

out::Records break_records(const std::vector<recon::BreakView>& views, Instant now) {
    out::Records records;
    for (const auto& view : views) records.push_back(break_record(view, now));
    return records;
}

out::Record run_record(const recon::RunView& view) {
    return {{"id", view.id.text()},
            {"treasury", view.treasury},
            {"ran_at", view.ran_at},
            {"ran_by", view.ran_by},
            {"through_ledger", view.to_ledger},
            {"complete", view.complete},
            {"hole", view.hole.empty() ? out::Value{nullptr} : out::Value{view.hole}},
            {"lines", view.lines_read},
            {"matched", view.matched},
            {"settled", view.settled},
            {"breaks_open", view.breaks_open}};
}

out::Records balance_records(const std::vector<recon::BalanceView>& views) {
    out::Records records;
    for (const auto& view : views)
        records.push_back({{"opening", view.opening},
                           {"in", view.money_in},
                           {"out", view.money_out},
                           {"fees", view.fees},
                           {"closing", view.closing},
                           {"gap", view.gap}});
    return records;
}

} // namespace passa::cli
