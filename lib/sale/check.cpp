// Each check is one statement over a block; what the first pass did not see is not asked for.
#include "lib/sale/check.hpp"

#include "sale_sql.hpp"

namespace passa::sale {
namespace {

// As the evidence of the book knows them: see refuse_refund_rows.sql.
std::string hashes_of(std::span<const Input> inputs) {
    std::string text;
    for (const auto& input : inputs) (text += text.empty() ? "" : ",") += to_hex(input.sha256);
    return text;
}

void name_refund_rows(db::Transaction& tx, const Job& job, int block) {
    const auto ids = ids_of_block(block, job.blocks);
    tx.run(sql::match_refunds, block);
    tx.run(sql::name_refund_rows, block);
    tx.run(sql::refuse_refund_rows, job.desk.organizer, job.catalog.event.id, block, ids.first, ids.last,
           job.profile.missing == Missing::ignore, hashes_of(job.inputs));
    tx.run(sql::fold_refund_rows, block);
}

void complete_lines(db::Transaction& tx, const Job& job, int block) {
    const auto event = job.catalog.event.id;
    if (job.seen.unnumbered > 0) tx.run(sql::number_lines, block, event);
    if (!tx.run(sql::find_repeats, block).empty()) {
        tx.run(sql::refuse_repeats, block);
        tx.run(sql::fold_repeats, block);
        tx.run(sql::fold_undos, block);
    }
    if (job.seen.refund_rows > 0) name_refund_rows(tx, job, block);
    if (job.seen.orders > 0) tx.run(sql::fill_from_orders, block);
    if (job.seen.fees == 0) return;
    if (job.inputs.size() > 1) tx.run(sql::refuse_split_fees, block);
    if (job.profile.keep_order_fees) {
        tx.run(sql::keep_fees, block, event, job.profile.fees_on_top, job.desk.clock.now());
    } else {
        tx.run(sql::refuse_stray_fees, block);
        tx.run(sql::spread_fees, block, job.profile.fees_on_top);
    }
}

void check_block(db::Transaction& tx, const Job& job, int block) {
    const auto org = job.desk.organizer;
    const auto event = job.catalog.event.id;
    const auto scale = job.catalog.event.currency.scale;
    const auto ids = ids_of_block(block, job.blocks);
    if (job.seen.orders > 0) tx.run(sql::refuse_wrong_totals, block, scale);
    if (!job.catalog.always_planned || job.profile.keep_order_fees) tx.run(sql::refuse_unplanned, org, event, block);
    const bool has_lines =
        job.catalog.has_lines && !tx.run(sql::find_lines_between, org, event, ids.first, ids.last).empty();
    if (has_lines) {
        tx.run(sql::refuse_other_tier, org, event, block, ids.first, ids.last);
        if (!job.profile.accept_corrections)
            tx.run(sql::refuse_other_money, org, event, block, ids.first, ids.last, scale);
    }
    if (has_lines || job.seen.undos > 0)
        tx.run(sql::refuse_undos, org, event, block, ids.first, ids.last, job.profile.accept_corrections,
               job.profile.missing == Missing::ignore);
}

// The sums of the first pass are an upper bound, so mostly there is nothing to ask.
bool may_exceed_capacity(const Job& job) {
    if (job.catalog.event.record_oversell) return false;
    for (std::size_t i = 0; i < job.catalog.tiers.size(); ++i) {
        const auto& tier = job.catalog.tiers[i];
        if (tier.capacity && tier.sold + job.seen.tickets[i] > *tier.capacity) return true;
    }
    return false;
}

} // namespace

std::int64_t check(db::Transaction& tx, const Job& job, const Progress& progress) {
    tx.run(sql::use_memory);
    if (job.seen.bad > 0) tx.run(sql::refuse_bad_rows);
    if (job.seen.fees + job.seen.orders + job.seen.unnumbered + job.seen.undos > 0 || job.catalog.has_lines)
        tx.run(sql::analyze_staging);
    for (int block = 0; block < job.blocks; ++block) {
        complete_lines(tx, job, block);
        check_block(tx, job, block);
        progress("check", block + 1, job.blocks);
    }
    if (may_exceed_capacity(job)) tx.run(sql::refuse_over_capacity, job.desk.organizer, job.catalog.event.id);
    if (tx.run(sql::find_refused).empty()) return 0;
    return tx.execute(sql::refuse_neighbours) + tx.execute(sql::refuse_lone_rows);
}

std::vector<Refusal> load_refusals(db::Transaction& tx, std::span<const Input> inputs) {
    std::vector<Refusal> refusals;
    for (const auto& row : tx.run(sql::count_refused))
        refusals.push_back({row.get<std::string>("bad_code"), row.get<std::int64_t>("rows"),
                            inputs[static_cast<std::size_t>(row.get<int>("file_no") - 1)].path.filename().string(),
                            row.get<std::int64_t>("file_row"), row.get<std::string>("bad_column"),
                            row.get<std::string>("bad_reason")});
    return refusals;
}

} // namespace passa::sale
