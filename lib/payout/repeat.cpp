// A line is known by payee, amount, reference and, where no party is named, memo: as in the database's line_key.
#include "lib/payout/repeat.hpp"

#include "lib/base/text.hpp"
#include "payout_sql.hpp"

#include <map>
#include <tuple>

namespace passa::payout {
namespace {

// Party, or else destination and memo; how much of what; what for.
using LineKey = std::tuple<IdBytes, std::string, std::string, money::Int128, std::string, std::string>;

LineKey key_of(const Payable& payable) {
    const bool named = payable.party != IdBytes{};
    return {payable.party,
            named ? "" : payable.destination.value_or(""),
            named ? "" : payable.memo.value_or(""),
            payable.owed.minor(),
            payable.owed.asset().id,
            payable.reference};
}

LineKey key_of(const db::Row& row) {
    const auto party = row.get<std::optional<IdBytes>>("party_id");
    return {party.value_or(IdBytes{}),
            party ? "" : row.get<std::optional<std::string>>("destination").value_or(""),
            party ? "" : row.get<std::optional<std::string>>("memo").value_or(""),
            row.get<money::Int128>("owed_minor"),
            row.get<std::string>("owed_asset_id"),
            row.get<std::string>("reference")};
}

struct Known {
    std::optional<db::Row> paid; // the newest that is paid or on its way
    bool waits = false;
};

std::map<LineKey, Known> load_known(db::Transaction& tx, const Desk& desk, const CreateOrder& order) {
    std::vector<std::string> references;
    for (const auto& line : order.file->lines)
        if (!line.reference.empty()) references.push_back(line.reference);
    std::map<LineKey, Known> known;
    for (const auto& row : tx.run(sql::load_known_lines, desk.organizer, order.file->sha256, references)) {
        auto& line = known[key_of(row)];
        line.waits = line.waits || row.get<bool>("waits");
        const bool counts = row.get<bool>("same_file") || !row.get<std::string>("reference").empty();
        if (counts && row.get<bool>("paid") && !line.paid) line.paid = row;
    }
    return known;
}

Problem line_known(const Payable& payable, const db::Row& row, const std::string& path) {
    const auto line = row.get<std::optional<std::int64_t>>("file_line");
    Problem problem{
        Kind::conflict, "payout.line_known",
        fmt::format("this payment with reference {} is in batch {} of {}{} already: payout {} is {}",
                    printable(payable.reference, 60), row.get<BatchId>("batch_id"),
                    to_text(row.get<Instant>("made_at")), line ? fmt::format(", line {} of its file,", *line) : "",
                    row.get<PayoutId>("id"), row.get<std::string>("state")),
        "add --again to pay the other lines alone; if it is another payment, give it a reference of its own"};
    problem.place = Place{path, static_cast<int>(payable.file_line.value_or(0)), 1, {}, {}};
    return problem;
}

} // namespace

std::string find_earlier_batch(db::Transaction& tx, const Desk& desk, const CreateOrder& order) {
    const auto known = tx.run(sql::find_batch_of_file, desk.organizer, order.file->sha256).find();
    if (!known) return {};
    auto made = fmt::format("batch {} on {}, made by {}", known->get<BatchId>("id"),
                            to_text(known->get<Instant>("made_at")), printable(known->get<std::string>("made_by"), 60));
    if (!order.again)
        throw Error{{Kind::conflict, "payout.file_known",
                     fmt::format("this file, or one that says the same, became {}", made),
                     "to pay the lines of it that were not paid, add --again"}};
    return made;
}

std::vector<Payable> leave_unpaid(db::Transaction& tx, const Desk& desk, const CreateOrder& order,
                                  std::vector<Payable> payables) {
    const auto made = find_earlier_batch(tx, desk, order);
    const auto known = load_known(tx, desk, order);
    std::vector<Payable> unpaid;
    Problems problems;
    for (auto& payable : payables) {
        const auto line = known.find(key_of(payable));
        if (line == known.end() || !line->second.paid) {
            payable.contested = line != known.end() && line->second.waits;
            unpaid.push_back(std::move(payable));
        } else if (!order.again) {
            problems.push_back(line_known(payable, *line->second.paid, order.file->path));
        }
    }
    if (!problems.empty()) throw Error{std::move(problems)};
    if (!unpaid.empty()) return unpaid;
    throw Error{
        {Kind::conflict, "payout.file_paid",
         fmt::format("every line of this file is paid or on its way{}", made.empty() ? "" : "; it last became " + made),
         "to pay somebody once more, write another file, with a reference that says what for"}};
}

} // namespace passa::payout
