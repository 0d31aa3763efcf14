// What commands about accounts share: which network is meant, which account a word names, and one transaction of ours
// sent to its end.
#pragma once
#include "cli/context.hpp"
#include "lib/stellar/keys/signer.hpp"
#include "lib/stellar/rpc/client.hpp"
#include "lib/stellar/tx/draft.hpp"
#include "lib/stellar/tx/submit.hpp"

namespace passa::cli {

// --network, PASSA_NETWORK or passa.yaml; errors network.which when nobody says, cli.yes_elsewhere.
std::string which_network(Context& ctx, const std::optional<std::string>& named);

// A G address, or the name of a key in the keystore. Errors strkey.*, key.not_found, key.name.
stellar::xdr::AccountId which_account(Context& ctx, const std::string& word);

struct Submission {
    stellar::rpc::Client& client;
    stellar::Signer& signer; // of the source
    std::vector<stellar::xdr::Operation> operations;
    std::optional<stellar::xdr::AccountId> source = {}; // none: the signer's own account
    std::vector<stellar::Signer*> others = {};          // of the operations' own sources
};
// Until it is in a ledger. Errors: tx.failed with the network's codes; tx.unknown (exit 20) with what to type next.
stellar::tx::Finding submit_and_wait(Submission submission);
// The same of one that is signed already; sent again, it happens once.
stellar::tx::Finding wait_for_end(stellar::rpc::Client& client, const stellar::tx::Pending& pending);

} // namespace passa::cli
