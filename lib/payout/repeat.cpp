// A line is known by payee, amount, reference and, where no party is named, memo: as in the database's line_key. Its
// keys are asked for in blocks: what was ever paid out of files may be much more than this file.
#include "lib/payout/repeat.hpp"

#include "lib/base/text.hpp"
#include "payout_sql.hpp"

#include <algorithm>
#include <map>

namespace passa::payout {
namespace {

constexpr std::size_t k_lines_at_once = 1'000;

// Of every line asked for: one array a column, as the query wants them.
struct Lines {
    std::vector<std::string> parties, destinations, memos, minors, assets, references;
    void add(const Payable& payable) {
        const bool named = payable.party != IdBytes{};
        parties.push_back(named ? id_text::uuid(payable.party) : "");
        destinations.push_back(payable.destination.value_or(""));
        memos.push_back(payable.memo.value_or(""));
        minors.push_back(money::to_text(payable.owed.minor()));
        assets.push_back(payable.owed.asset().id);
        references.push_back(payable.reference);
    }
};

// By place among the payables; of those that nothing is known of there is none.
std::map<std::size_t, db::Row> load_known(db::Transaction& tx, const Desk& desk, const Hash256& file,
                                          const std::vector<Payable>& payables) {
    std::map<std::size_t, db::Row> known;
    for (std::size_t from = 0; from < payables.size(); from += k_lines_at_once) {
        Lines lines;
        for (auto i = from; i < std::min(from + k_lines_at_once, payables.size()); ++i) lines.add(payables[i]);
        for (const auto& row : tx.run(sql::load_known_lines, desk.organizer, file, lines.parties, lines.destinations,
                                      lines.memos, lines.minors, lines.assets, lines.references))
            known.emplace(from + static_cast<std::size_t>(row.get<std::int64_t>("pos")) - 1, row);
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
    const auto known = load_known(tx, desk, order.file->sha256, payables);
    std::vector<Payable> unpaid;
    Problems problems;
    for (std::size_t i = 0; i < payables.size(); ++i) {
        auto& payable = payables[i];
        const auto line = known.find(i);
        if (line == known.end() || !line->second.get<bool>("paid")) {
            payable.contested = line != known.end(); // it waits, then
            unpaid.push_back(std::move(payable));
        } else if (!order.again) {
            problems.push_back(line_known(payable, line->second, order.file->path));
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
