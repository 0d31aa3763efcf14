// A transaction that people hand over in files, to be signed by several.
#pragma once
#include "cli/context.hpp"
#include "lib/stellar/network_id.hpp"
#include "lib/stellar/xdr/types_transaction.hpp"

namespace passa::cli {

struct Handed {
    stellar::xdr::TransactionEnvelope envelope;
    std::string network; // its name
    stellar::NetworkId network_id;
};
// From a file with its XDR in base64 or hex, or - for standard input; no server is asked. Errors tx.file, tx.too_large,
// tx.not_text, tx.not_envelope, network.which.
Handed read_handed(Context& ctx, const std::string& file, const std::optional<std::string>& network);
stellar::xdr::TransactionEnvelope read_envelope(const std::string& file);

// What it is and does, as people are shown it before they sign or send.
out::Record words_record(const Handed& handed);

} // namespace passa::cli
