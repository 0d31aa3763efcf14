// Each check is one statement over a block; what the first pass did not see is not asked for.
#include "lib/sale/check.hpp"

#include "lib/base/text.hpp"
#include "sale_sql.hpp"

namespace passa::sale {
namespace {

// One block of the staged rows, with what the book may hold of it.
struct Block {
    int number = 0;
    IdRange ids;
    bool has_lines = false;
};

// As the evidence of the book knows them: see refuse_refund_rows.sql.
std::string hashes_of(std::span<const Input> inputs) {
    std::string text;
    for (const auto& input : inputs) (text += text.empty() ? "" : ",") += to_hex(input.sha256);
    return text;
}

void name_refund_rows(db::Transaction& tx, const Job& job, const Block& block) {
    tx.run(sql::match_refunds, block.number);
    tx.run(sql::name_refund_rows, block.number);
    tx.run(sql::refuse_refund_rows, job.desk.organizer, job.catalog.event.id, block.number, block.ids.first,
           block.ids.last, job.profile.missing == Missing::ignore, hashes_of(job.inputs));
    tx.run(sql::fold_refund_rows, block.number);
}

void number_lines(db::Transaction& tx, const Job& job, int block) {
    if (job.seen.unnumbered == 0) return;
    if (job.inputs.size() > 1) tx.run(sql::refuse_split_lines, block);
    tx.run(sql::number_lines, block, job.catalog.event.id);
}

// Every order against the same order in the book: are its lines the same lines, and are all of them there?
void compare_orders(db::Transaction& tx, const Job& job, const Block& block) {
    const auto org = job.desk.organizer;
    const auto event = job.catalog.event.id;
    const auto& [first, last] = block.ids;
    if (block.has_lines || (job.seen.unnumbered > 0 && job.inputs.size() > 1))
        tx.run(sql::refuse_other_refs, org, event, block.number, first, last);
    if (!block.has_lines) return;
    tx.run(sql::move_lines, org, event, block.number, first, last, job.profile.accept_corrections);
    if (job.seen.unpaid > 0) tx.run(sql::refuse_unpaid, org, event, block.number, first, last);
    if (job.profile.missing == Missing::refuse)
        tx.run(sql::refuse_missing_lines, org, event, block.number, first, last);
    else if (job.profile.missing == Missing::cancelled)
        tx.run(sql::cancel_missing_lines, org, event, block.number, first, last);
}

bool has_fees_table(const Job& job) {
    return std::any_of(job.inputs.begin(), job.inputs.end(),
                       [](const Input& input) { return input.layout.shape->rows == FileShape::Rows::fees; });
}

void place_fees(db::Transaction& tx, const Job& job, const Block& block) {
    const auto org = job.desk.organizer;
    const auto event = job.catalog.event.id;
    const bool on_top = job.profile.fees_on_top;
    const auto& [first, last] = block.ids;
    if (job.seen.fees > 0 && job.profile.ignores_stray_fees)
        tx.run(sql::drop_stray_fees, org, event, block.number, first, last);
    if (job.seen.fees > 0 && job.inputs.size() > 1) tx.run(sql::refuse_split_fees, block.number);
    if (job.seen.fees > 0 && job.seen.undone_orders > 0 && job.profile.refunds_keep_fees)
        tx.run(sql::place_undone_fees, org, event, block.number, first, last, job.catalog.event.currency.scale);
    if (job.seen.fees > 0)
        tx.run(sql::keep_fees, org, event, block.number, on_top, job.desk.clock.now(), job.profile.keep_order_fees,
               block.has_lines);
    const bool tells_all_fees = has_fees_table(job) && job.profile.missing == Missing::cancelled;
    if (block.has_lines && (job.seen.gone_fees + job.seen.fees > 0 || tells_all_fees))
        tx.run(sql::cancel_gone_fees, org, event, block.number, first, last, tells_all_fees);
    if (job.profile.keep_order_fees) return;
    if (block.has_lines && job.profile.has_order_fees())
        tx.run(sql::keep_shares, org, event, block.number, first, last, on_top);
    if (job.seen.fees == 0 && !has_fees_table(job)) return;  // an empty one says that there are none
    if (block.has_lines && !job.profile.refunds_keep_fees) { // else the lines that are gone still carry their part
        tx.run(sql::end_fees, org, event, block.number, first, last);
        tx.run(sql::keep_left_fees, org, event, block.number, first, last, on_top, job.desk.clock.now());
    }
    tx.run(sql::refuse_stray_fees, block.number);
    tx.run(sql::spread_fees, org, event, block.number, first, last, on_top, job.profile.refunds_keep_fees);
}

// The tickets tell prices, the orders report what was paid for them.
bool tell_prices_alone(const Job& job) {
    const auto has = [&](FileShape::Rows rows, bool with_gross) {
        return std::any_of(job.inputs.begin(), job.inputs.end(), [&](const Input& input) {
            return input.layout.shape->rows == rows && (input.layout.of(Column::gross) >= 0) == with_gross;
        });
    };
    return has(FileShape::Rows::lines, false) && has(FileShape::Rows::orders, true);
}

// What an order as a whole says of its lines: codes, its end, its total.
void take_order_facts(db::Transaction& tx, const Job& job, const Block& block) {
    const auto scale = job.catalog.event.currency.scale;
    tx.run(sql::fill_from_orders, block.number);
    if (!job.profile.fees_by_total)
        return static_cast<void>(tx.run(sql::refuse_wrong_totals, block.number, scale, job.profile.fees_on_top));
    if (tell_prices_alone(job)) tx.run(sql::refuse_missing_totals, block.number);
    tx.run(sql::refuse_odd_totals, block.number, scale);
    tx.run(sql::lift_to_totals, block.number);
}

// How many rows stand twice.
std::int64_t complete_lines(db::Transaction& tx, const Job& job, const Block& block) {
    std::int64_t repeated = 0;
    number_lines(tx, job, block.number);
    if (job.seen.undone_orders > 0)
        tx.run(sql::undo_orders, job.desk.organizer, job.catalog.event.id, block.number, block.ids.first,
               block.ids.last);
    compare_orders(tx, job, block);
    if (!tx.run(sql::find_repeats, block.number).empty()) {
        tx.run(sql::refuse_repeats, block.number);
        repeated = tx.execute(sql::fold_repeats, block.number);
        tx.run(sql::fold_undos, block.number);
    }
    if (job.seen.refund_rows > 0) name_refund_rows(tx, job, block);
    if (job.seen.orders > 0) take_order_facts(tx, job, block);
    place_fees(tx, job, block);
    if (job.seen.undone_orders > 0 && block.has_lines)
        tx.run(sql::keep_undone_lines, job.desk.organizer, job.catalog.event.id, block.number, block.ids.first,
               block.ids.last);
    return repeated;
}

void check_block(db::Transaction& tx, const Job& job, const Block& block) {
    const auto org = job.desk.organizer;
    const auto event = job.catalog.event.id;
    const auto& [first, last] = block.ids;
    if (!job.catalog.always_planned || job.profile.keep_order_fees || job.seen.fees > 0)
        tx.run(sql::refuse_unplanned, org, event, block.number);
    if (block.has_lines) {
        tx.run(sql::refuse_other_tier, org, event, block.number, first, last);
        if (!job.profile.accept_corrections)
            tx.run(sql::refuse_other_money, org, event, block.number, first, last, job.catalog.event.currency.scale);
    }
    if (job.seen.undos > 0)
        tx.run(sql::refuse_early_undos, org, event, block.number, first, last,
               job.profile.zone.value_or(job.catalog.event.zone));
    if (block.has_lines || job.seen.undos > 0)
        tx.run(sql::refuse_undos, org, event, block.number, first, last, job.profile.accept_corrections,
               job.profile.missing == Missing::ignore);
}

// Settled on its day, such a sale would wait for months: mostly day and month were taken for each other.
void refuse_in_future(db::Transaction& tx, const Job& job) {
    std::vector<std::string> sold, undone;
    for (const auto& input : job.inputs) {
        sold.emplace_back(trim(input.layout.header_of(Column::at)));
        undone.emplace_back(trim(input.layout.header_of(Column::refunded_at)));
    }
    const auto order = job.inputs.front().layout.dialect.dates;
    tx.run(sql::refuse_in_future, job.desk.clock.now() + k_clock_skew, sold, undone,
           order == DateOrder::year_first    ? "with the year first"
           : order == DateOrder::month_first ? "with the month first"
                                             : "with the day first");
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

void add_differences(const db::Row& row, std::span<const Input> inputs, std::vector<Difference>& found) {
    const auto told = [&](const char* what, std::optional<std::string> book, std::optional<std::string> says) {
        found.push_back({inputs[static_cast<std::size_t>(row.get<int>("file_no") - 1)].path.filename().string(),
                         row.get<std::int64_t>("file_row"), row.get<std::string>("order_ref"),
                         row.get<std::string>("line_ref"), what, std::move(book), std::move(says)});
    };
    const auto sold = row.get<Instant>("occurred_at"), said = row.get<Instant>("file_at");
    if (sold != said) told("time", to_text(sold), to_text(said));
    auto code = row.get<std::optional<std::string>>("code"),
         file_code = row.get<std::optional<std::string>>("file_code");
    if (file_code && code != file_code) told("code", std::move(code), std::move(file_code));
}

} // namespace

Checked check(db::Transaction& tx, const Job& job, const Progress& progress) {
    Checked checked;
    tx.run(sql::use_memory);
    if (job.seen.bad > 0) tx.run(sql::refuse_bad_rows);
    if (job.seen.late > 0) refuse_in_future(tx, job);
    if (job.seen.fees + job.seen.orders + job.seen.unnumbered + job.seen.undos > 0 || job.catalog.has_lines)
        tx.run(sql::analyze_staging);
    for (int number = 0; number < job.blocks; ++number) {
        Block block{number, ids_of_block(number, job.blocks), false};
        block.has_lines = job.catalog.has_lines && !tx.run(sql::find_lines_between, job.desk.organizer,
                                                           job.catalog.event.id, block.ids.first, block.ids.last)
                                                        .empty();
        checked.repeated += complete_lines(tx, job, block);
        check_block(tx, job, block);
        progress("check", number + 1, job.blocks);
    }
    if (may_exceed_capacity(job))
        tx.run(sql::refuse_over_capacity, job.desk.organizer, job.catalog.event.id, job.profile.accept_corrections);
    if (!tx.run(sql::find_refused).empty())
        checked.refused = tx.execute(sql::refuse_neighbours) + tx.execute(sql::refuse_lone_rows);
    return checked;
}

std::vector<Difference> find_differences(db::Transaction& tx, const Job& job, std::int64_t& sales) {
    std::vector<Difference> found;
    sales = 0;
    for (int number = 0; job.catalog.has_lines && number < job.blocks; ++number) {
        const auto ids = ids_of_block(number, job.blocks);
        std::int64_t of_block = 0;
        for (const auto& row :
             tx.run(sql::find_other_facts, job.desk.organizer, job.catalog.event.id, number, ids.first, ids.last)) {
            of_block = row.get<std::int64_t>("sales");
            add_differences(row, job.inputs, found);
        }
        sales += of_block;
    }
    return found;
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
