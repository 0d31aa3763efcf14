// Batches and payouts as records, the same for every command that shows them.
#pragma once
#include "cli/out/value.hpp"
#include "lib/payout/create.hpp"
#include "lib/payout/read.hpp"

namespace passa::cli {

out::Record batch_record(const payout::Batch& batch, const std::vector<payout::Payout>& payouts);
out::Records payout_records(const std::vector<payout::Payout>& payouts);
out::Records planned_records(const payout::Plan& plan); // of a batch that was not made
out::Records carried_records(const payout::Plan& plan);
// What the batch pays or will pay, by asset, as text for people: "1,200.00 KES".
std::string total_text(const std::vector<payout::Payout>& payouts);
std::string network_of(const payout::Treasury& treasury); // what --yes must name

} // namespace passa::cli
