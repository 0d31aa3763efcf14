// The list, by name.
#include "jobs/jobs.hpp"

#include "lib/base/text.hpp"

#include <algorithm>
#include <array>

namespace passa::jobs {
namespace {

constexpr auto k_kinds = std::to_array<JobKind>({
    {"chain-sync", "", "Keep what contracts tell, before the servers forget it", chain_sync},
    {"contract-keep", "", "Pay the rent of contracts before it runs out, as declared", contract_keep, true},
    {"contract-send", "", "Tell contracts what waits for them: tickets, points, roots", contract_send, true},
    {"escrow-pay", "event", "Have contracts pay what is owed through them, as escrow pay does", escrow_pay, true},
    {"housekeeping", "", "Seal the trail, copy the database as declared, clear away what is old", housekeeping},
    {"import-watch", "event", "Import what arrives in a folder, as declared", import_watch},
    {"ledger-check", "", "Prove every law of the ledger", ledger_check},
    {"payout", "event", "Send every batch that was approved, as payout send does", payout, true},
    {"reconcile", "treasury", "Hold each treasury's chain against the book", reconcile},
    {"settle", "event", "Post to every party what is due and not yet posted", settle},
});

} // namespace

std::span<const JobKind> kinds() { return k_kinds; }

const JobKind* find_kind(std::string_view name) {
    const auto* it = std::find_if(k_kinds.begin(), k_kinds.end(), [&](const JobKind& k) { return k.name == name; });
    return it == k_kinds.end() ? nullptr : it;
}

const JobKind& get_kind(std::string_view name, const std::vector<std::string>& also) {
    if (const auto* kind = find_kind(name)) return *kind;
    auto names = also;
    for (const auto& kind : k_kinds) names.emplace_back(kind.name);
    const auto near = nearest_names(name, names);
    throw Error{{Kind::usage, "job.unknown", fmt::format("there is no job {}", printable(name, 60)),
                 near.empty() ? fmt::format("there is: {}", join(names, ", "))
                              : fmt::format("did you mean {}?", near.front())}};
}

} // namespace passa::jobs
