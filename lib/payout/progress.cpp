// Rows to one look.
#include "lib/payout/progress.hpp"

#include "lib/payout/store.hpp"
#include "payout_sql.hpp"

namespace passa::payout {

bool Progress::is_over() const { return (state == "drained" || state == "cancelled") && open == 0; }

Progress get_progress(db::Transaction& tx, OrganizerId organizer, BatchId batch) {
    Progress progress;
    for (const auto& row : tx.run(sql::find_progress, organizer, batch)) {
        progress.state = row.get<std::string>("state");
        progress.payouts = row.get<std::int64_t>("payouts");
        progress.paid = row.get<std::int64_t>("paid");
        progress.open = row.get<std::int64_t>("open");
        progress.left = row.get<std::int64_t>("left");
        progress.not_paid = row.get<std::int64_t>("not_paid");
        progress.cancelled = row.get<std::int64_t>("cancelled");
        if (row.get<std::optional<std::string>>("fee_asset_id")) progress.fees.push_back(row.amount("fees", "fee_"));
    }
    if (progress.state.empty()) static_cast<void>(get_batch(tx, organizer, batch)); // says that there is none
    return progress;
}

} // namespace passa::payout
