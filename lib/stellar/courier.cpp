// A transaction's fate in the words of the port.
#include "lib/stellar/courier.hpp"

#include "lib/base/text.hpp"
#include "lib/stellar/strkey.hpp"

#include <nlohmann/json.hpp>

namespace passa::stellar {
namespace {

using Json = nlohmann::json;

rail::Standing standing_of(tx::Fate fate) {
    switch (fate) {
    case tx::Fate::applied: return rail::Standing::confirmed;
    case tx::Fate::failed: return rail::Standing::failed;
    case tx::Fate::dead: return rail::Standing::absent;
    case tx::Fate::accepted: return rail::Standing::accepted;
    case tx::Fate::refused:
    case tx::Fate::unknown: return rail::Standing::unknown;
    }
    return rail::Standing::unknown;
}

std::string details_of(const tx::Finding& finding) {
    Json details{{"fate", rail::name(standing_of(finding.fate))}, {"reason", printable(finding.reason)}};
    if (!finding.heard.empty()) details["heard_from"] = finding.heard;
    if (finding.ledger != 0) {
        details["ledger"] = finding.ledger;
        details["closed_at"] = to_text(finding.closed_at);
    }
    if (finding.result) {
        details["code"] = finding.result->code;
        details["fee_charged"] = std::to_string(finding.result->fee_charged);
    }
    return details.dump();
}

} // namespace

money::Amount stroops(std::int64_t count) {
    static const money::Asset k_xlm{"XLM", 7};
    return {count, k_xlm};
}

rail::Attempt make_attempt(rpc::Client& client, const xdr::AccountId& source, const tx::Ready& ready) {
    return {to_hex(tx::inner_hash(ready.envelope, client.network_id())),
            tx::envelope_bytes(ready.envelope),
            format_account(source.ed25519),
            client.network_name(),
            ready.sequence,
            stroops(ready.fee),
            ready.valid_until,
            ready.first_ledger};
}

tx::Pending make_pending(const rpc::Client& client, const rail::Attempt& attempt) {
    const auto envelope = tx::parse_envelope(attempt.payload).value_or_throw();
    auto pending = tx::make_pending(envelope, client.network_id(), static_cast<std::uint32_t>(attempt.first_position))
                       .value_or_throw();
    if (attempt.network != client.network_name() || to_hex(pending.hash) != attempt.key)
        throw Error{{Kind::refused, "rail.attempt",
                     fmt::format("attempt {} was made for the network {}, or its bytes were changed",
                                 printable(attempt.key, 64), printable(attempt.network, 40)),
                     "use the network that it was made for"}};
    return pending;
}

rail::Outcome make_outcome(rpc::Client& client, const rail::Attempt& attempt, const tx::Finding& finding) {
    rail::Outcome outcome{standing_of(finding.fate), printable(finding.reason), {}, {}, {}, finding.ask_again};
    if (finding.ledger != 0 && finding.result) outcome.fee = stroops(finding.fee);
    if (finding.ledger == 0 && finding.is_final()) outcome.fee = stroops(finding.fee);
    if (finding.fate == tx::Fate::refused)
        outcome.reason =
            fmt::format("refused: {}; it may be applied until {}", outcome.reason, to_text(attempt.valid_until));
    if (finding.kind.empty()) return outcome;
    const auto raw = as_bytes(finding.raw);
    outcome.evidence = rail::Evidence{finding.kind, attempt.key, Bytes(raw.begin(), raw.end()), details_of(finding),
                                      client.clock().now()};
    return outcome;
}

rail::Outcome Courier::send(const rail::Attempt& attempt) {
    return make_outcome(m_client, attempt, tx::send_transaction(m_client, make_pending(m_client, attempt)));
}

rail::Outcome Courier::find(const rail::Attempt& attempt) {
    return make_outcome(m_client, attempt, tx::find_transaction(m_client, make_pending(m_client, attempt)));
}

} // namespace passa::stellar
