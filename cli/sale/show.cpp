// passa sale show: every line of a sale or order, with the row of the file it came from.
#include "cli/context.hpp"
#include "lib/sale/read.hpp"

namespace passa::cli::sale_show {

struct Args {
    std::string sale;
};

ExitCode run(Context& ctx, const Args& args) {
    const auto org = ctx.organizer();
    const auto lines = ctx.read([&](db::Transaction& tx) { return sale::load_sale(tx, org, args.sale); });
    out::Records records;
    for (const auto& l : lines)
        records.push_back({{"sale", l.sale.text()},
                           {"id", l.id.text()},
                           {"seq", l.seq},
                           {"kind", l.kind},
                           {"source", l.source},
                           {"order", l.order_ref},
                           {"line", l.line_ref},
                           {"tier", l.tier},
                           {"quantity", l.quantity},
                           {"plan", l.plan},
                           {"campaign", l.campaign},
                           {"creator", l.creator},
                           {"code", l.code},
                           {"gross", l.gross},
                           {"discount", l.discount},
                           {"tax", l.tax},
                           {"fee_platform", l.fee_platform},
                           {"fee_payment", l.fee_payment},
                           {"net", l.net},
                           {"occurred_at", l.occurred_at},
                           {"imported_at", l.imported_at},
                           {"payment_ref", l.payment_ref},
                           {"profile", l.profile},
                           {"file", l.file_name},
                           {"file_sha256", to_hex(l.file_sha256)},
                           {"file_line", l.file_row}});
    ctx.list({{"line", "LINE"},
              {"kind", "KIND"},
              {"tier", "TIER"},
              {"gross", "GROSS"},
              {"tax", "TAX"},
              {"fee_platform", "PLATFORM"},
              {"fee_payment", "PAYMENT"},
              {"net", "NET"},
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
    .options = {positional("SALE", &Args::sale, "The id of a sale, or the order as the gateway calls it")},
    .examples = {{"passa sale show nairobi27/A7KQZ --json", "one order, with file hashes and rows"}},
    .run = runner(run),
};

} // namespace passa::cli::sale_show
