// passa sale show: every line of a sale or order, with the row of the file it came from.
#include "cli/context.hpp"
#include "cli/sale/records.hpp"

namespace passa::cli::sale_show {

struct Args {
    std::string sale;
};

ExitCode run(Context& ctx, const Args& args) {
    const auto org = ctx.organizer();
    const auto lines = ctx.read([&](db::Transaction& tx) { return sale::load_sale(tx, org, args.sale); });
    out::Records records;
    for (const auto& line : lines) records.push_back(joined(sale_line_record(line), sale_evidence_record(line)));
    ctx.list({{"line", "LINE"},
              {"kind", "KIND"},
              {"tier", "TIER"},
              {"gross", "GROSS"},
              {"tax", "TAX"},
              {"fee_platform", "PLATFORM"},
              {"fee_payment", "PAYMENT"},
              {"net", "NET"},
              {"eligible", "ELIGIBLE"},
              {"plan", "PLAN"},
              {"campaign", "CAMPAIGN"},
              {"creator", "CREATOR"},
              {"occurred_at", "OCCURRED"},
              {"file", "FILE"},
              {"file_line", "ROW"}},
             records);
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "sale show",
    .summary = "Show a sale or an order with all its lines and their evidence",
    .details = std::string{k_eligible_rule},
    .options = {positional("SALE", &Args::sale,
                           "The id of a sale, or the order as the gateway calls it; its end behind a slash will do")},
    .examples = {{"passa sale show nairobi27/A7KQZ --json", "one order, with file hashes and rows"}},
    .run = runner(run),
};

} // namespace passa::cli::sale_show
