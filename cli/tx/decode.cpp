// passa tx decode: any Stellar XDR as readable JSON (SEP-51), and what it says of itself.
#include "cli/context.hpp"
#include "cli/spec/limited.hpp"
#include "cli/tx/source.hpp"
#include "lib/base/text.hpp"
#include "lib/stellar/known_networks.hpp"
#include "lib/stellar/tx/result.hpp"
#include "lib/stellar/tx/transaction.hpp"
#include "lib/stellar/xdr/codec.hpp"
#include "lib/stellar/xdr/json.hpp"
#include "lib/stellar/xdr/registry.hpp"

namespace passa::cli::tx_decode {

struct Args {
    std::string xdr;
    std::optional<std::string> type;
    std::optional<std::string> network;
};

// What people paste most: tried in this order when no type is named.
constexpr std::string_view k_usual[] = {"TransactionEnvelope", "TransactionResult", "TransactionMeta",
                                        "LedgerEntryData",     "LedgerKey",         "ScVal"};

struct Decoded {
    std::string type;
    std::string json;
};

Result<Decoded> decode_as(std::string_view type, const Bytes& bytes) {
    const auto shape = stellar::xdr::get_type(type);
    if (!shape) return shape.problems();
    stellar::xdr::AnyValue value{**shape};
    if (const auto done = stellar::xdr::decode_value(**shape, value.get(), bytes); !done) return done.problems();
    return Decoded{std::string{type}, stellar::xdr::value_to_json_text(**shape, value.get(), 2)};
}

Decoded decode(const Bytes& bytes, const std::optional<std::string>& type) {
    if (type) return decode_as(*type, bytes).value_or_throw();
    for (const auto usual : k_usual)
        if (auto decoded = decode_as(usual, bytes)) return *decoded;
    throw Error{{Kind::invalid_input, "tx.unrecognised", "these bytes are none of the usual types",
                 "name one with --type, such as LedgerHeader"}};
}

void add_hash(out::Record& record, const Bytes& bytes, const std::optional<std::string>& network) {
    const auto envelope = stellar::xdr::decode<stellar::xdr::TransactionEnvelope>(bytes);
    if (!network || !envelope) return;
    const auto id = stellar::make_network_id(stellar::find_known_network(*network).value_or_throw().passphrase);
    record.emplace_back("network", *network);
    record.emplace_back("hash", to_hex(stellar::tx::hash(*envelope, id)));
    record.emplace_back("inner_hash", to_hex(stellar::tx::inner_hash(*envelope, id)));
}

std::vector<std::string> known_networks() {
    std::vector<std::string> names;
    for (const auto& network : stellar::k_known_networks) names.emplace_back(network.name);
    return names;
}

ExitCode run(Context& ctx, const Args& args) {
    const auto bytes = read_xdr_text(args.xdr);
    const auto decoded = decode(bytes, args.type);
    out::Record record{{"type", decoded.type}, {"bytes", static_cast<std::int64_t>(bytes.size())}};
    add_hash(record, bytes, args.network);
    if (decoded.type == "TransactionResult") {
        const auto result =
            stellar::tx::read_result(stellar::xdr::decode<stellar::xdr::TransactionResult>(bytes).value());
        record.emplace_back("outcome", stellar::tx::to_text(result));
        record.emplace_back("fee_charged", money::Amount{result.fee_charged, {"XLM", 7}});
    }
    if (ctx.is_json()) record.emplace_back("decoded", out::JsonText{decoded.json});
    ctx.show(record);
    // The codec has escaped what is not printable (SEP-51).
    if (!ctx.is_for_tools()) ctx.text("\n" + decoded.json + "\n");
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "tx decode",
    .summary = "Show any Stellar XDR as JSON, with hash and outcome",
    .details = "Works offline. Without --type the usual ones are tried: envelope, result, meta, ledger entry, ledger "
               "key, contract value.",
    .options = {positional("XDR", &Args::xdr, "Base64 or hex; - for standard input"),
                option("type", &Args::type, "TYPE", "The XDR type, such as TransactionMeta"),
                limited_to(known_networks(), option("network", &Args::network, "NAME", "Whose hash to compute"))},
    .examples = {{"passa tx decode AAAAAAAAAGQAAAAAAAAAAQAAAAAAAAAAAAAAAAAAAAA=", "a result"},
                 {"passa tx decode - --network testnet <envelope.b64", "an envelope and its hash"}},
    .run = runner(run),
};

} // namespace passa::cli::tx_decode
