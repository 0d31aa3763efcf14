// Remote and local knowledge, combined.
#include "lib/stellar/tx/sequence.hpp"

#include "lib/stellar/rpc/read_ledger.hpp"
#include "lib/stellar/strkey.hpp"

#include <algorithm>
#include <limits>

namespace passa::stellar::tx {

Result<NextSequence> SequenceSource::next(rpc::Client& client, const xdr::AccountId& source) const {
    const auto account = rpc::find_account(client, source);
    if (!account) return account.problems();
    if (!account->entry)
        return Problem{
            Kind::not_found, "account.not_found",
            fmt::format("the account {} does not exist on {}", format_account(source.ed25519), client.network_name()),
            "create it: passa account create"};
    const auto local = m_used.find(source.ed25519);
    const auto used =
        local == m_used.end() ? account->entry->seq_num : std::max(local->second, account->entry->seq_num);
    if (used == std::numeric_limits<std::int64_t>::max())
        return Problem{Kind::unavailable, "tx.sequence", "the server says that the account has used all its numbers",
                       "ask another server"};
    return NextSequence{used + 1, account->ledger};
}

void SequenceSource::note_used(const xdr::AccountId& source, std::int64_t sequence) {
    auto& used = m_used[source.ed25519];
    used = std::max(used, sequence);
}

} // namespace passa::stellar::tx
