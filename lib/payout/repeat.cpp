// A line is known by payee, amount, reference and, where no party is named, memo: as in the database's line_key; or by
// the caller's own key.
#include "lib/payout/repeat.hpp"

#include "lib/base/text.hpp"
#include "payout_sql.hpp"

#include <algorithm>

namespace passa::payout {
namespace {

std::string made(const db::Row& row) {
    return fmt::format("batch {} on {}, made by {}", row.get<BatchId>("id"), to_text(row.get<Instant>("made_at")),
                       printable(row.get<std::string>("made_by"), 60));
}

void refuse_known(const CreateOrder& order, Stage& stage) {
    auto known = stage.tell_known(order.file->path);
    if (order.again) std::erase_if(known.problems, [](const Problem& p) { return p.code != "payout.key_differs"; });
    if (!known.empty()) throw Error{std::move(known.problems)};
}

} // namespace

std::optional<BatchId> find_batch_of_key(db::Transaction& tx, const Desk& desk, const CreateOrder& order,
                                         const std::optional<Hash256>& file) {
    if (!order.key) return std::nullopt;
    const auto known = tx.run(sql::find_batch_of_key, desk.organizer, *order.key).find();
    if (!known) return std::nullopt;
    const bool same = known->get<std::optional<EventId>>("event_id") == order.event &&
                      known->get<std::optional<IdBytes>>("settlement_id") == order.settlement &&
                      known->get<std::optional<Hash256>>("file_sha256") == file;
    if (same) return known->get<BatchId>("id");
    throw Error{
        {Kind::conflict, "payout.key_differs",
         fmt::format("the key {} stands for {}, which pays something else", printable(*order.key, 60), made(*known)),
         "a key names one batch for ever: give another one a key of its own"}};
}

std::string find_earlier_batch(db::Transaction& tx, const Desk& desk, const CreateOrder& order, const Hash256& file) {
    const auto known = tx.run(sql::find_batch_of_file, desk.organizer, file).find();
    if (!known) return {};
    if (!order.again)
        throw Error{{Kind::conflict, "payout.file_known",
                     fmt::format("this file, or one that says the same, became {}", made(*known)),
                     "to pay the lines of it that were not paid, add --again"}};
    return made(*known);
}

void leave_unpaid(const CreateOrder& order, const Hash256& file, Stage& stage) {
    if (stage.mark_known(file) > 0) {
        refuse_known(order, stage);
        stage.leave_known();
    }
    stage.block_contested();
}

Error all_paid(const std::string& earlier_batch) {
    return Error{{Kind::conflict, "payout.file_paid",
                  fmt::format("every line of this file is paid or on its way{}",
                              earlier_batch.empty() ? "" : "; it last became " + earlier_batch),
                  "to pay somebody once more, write another file, with a reference that says what for"}};
}

} // namespace passa::payout
