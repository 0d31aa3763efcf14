// Batches and payouts as records, the same for every command that shows them.
#pragma once
#include "cli/context.hpp"
#include "lib/payout/create.hpp"
#include "lib/payout/read.hpp"

namespace passa::cli {

// How much of a batch is shown: all that it comes to, and some of its payouts.
struct Shown {
    std::vector<payout::StateSum> sums;
    std::vector<payout::Payout> payouts;
    [[nodiscard]] std::int64_t count() const;
};
inline constexpr std::int64_t k_shown = payout::k_most_told; // payouts at once
Shown load_shown(db::Transaction& tx, OrganizerId organizer, BatchId batch);

out::Record batch_record(const payout::Batch& batch, const Shown& shown);
out::Records payout_records(const std::vector<payout::Payout>& payouts);
out::Records carried_records(const std::vector<payout::Carried>& carried);
// What the batch pays or will pay, by asset, as text for people: "1,200.00 KES".
std::string total_text(const std::vector<payout::StateSum>& sums);
std::int64_t count_of(const std::vector<payout::StateSum>& sums);
// That there are more payouts than are shown, if there are.
void tell_more(Context& ctx, BatchId batch, const Shown& shown);
std::string network_of(const payout::Treasury& treasury); // what --yes must name

} // namespace passa::cli
