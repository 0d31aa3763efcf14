// Roots of settlements on their way to the contracts that keep them: queued in the transaction that settles, sent by
// the job contract-send.
#pragma once
#include "lib/contract/outbox.hpp"
#include "lib/event/event.hpp"

namespace passa::jobs {

inline constexpr const char* k_anchor_function = "anchor"; // contracts/attribution

// Of every settlement of the event, for every Contract that names it in `anchors`; what was queued before stays as it
// is. Returns how many are new.
std::int64_t queue_anchors(db::Transaction& tx, const contract::Desk& desk, const event::Event& event);

} // namespace passa::jobs
