// Read whole, within a bound, and judged before anything is done with it.
#include "cli/tx/envelope.hpp"

#include "cli/account/place.hpp"
#include "cli/tx/source.hpp"
#include "lib/base/text.hpp"
#include "lib/stellar/tx/transaction.hpp"
#include "lib/stellar/words.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>

namespace passa::cli {
namespace {

constexpr std::size_t k_longest_file = 2 << 20; // as read_xdr_text

Error unreadable(const std::string& file, const std::string& why) {
    return Error{{Kind::invalid_input, "tx.file", fmt::format("{} cannot be read: {}", printable(file, 300), why),
                  "name a file with a transaction in base64, or - for standard input"}};
}

std::string read_file(const std::string& path) {
    errno = 0;
    std::ifstream file{path, std::ios::binary};
    std::error_code none;
    if (!file || !std::filesystem::is_regular_file(path, none))
        throw unreadable(path, errno == 0 ? "it is no file" : std::strerror(errno));
    std::string text(k_longest_file + 1, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (file.bad()) throw unreadable(path, std::strerror(errno));
    text.resize(static_cast<std::size_t>(file.gcount()));
    return text;
}

} // namespace

stellar::xdr::TransactionEnvelope read_envelope(const std::string& file) {
    const auto bytes = file == "-" ? read_xdr_text("-") : read_xdr_text(read_file(file));
    auto envelope = stellar::tx::parse_envelope(bytes);
    if (envelope) return std::move(envelope).value();
    throw Error{{Kind::invalid_input, "tx.not_envelope",
                 fmt::format("this is no transaction: {}", printable(envelope.problem().message, 300)),
                 "see what it is: passa tx decode -"}};
}

Handed read_handed(Context& ctx, const std::string& file, const std::optional<std::string>& network) {
    Handed handed{read_envelope(file), which_network(ctx, network), {}};
    handed.network_id = stellar::make_network_id(ctx.network(handed.network).passphrase);
    return handed;
}

out::Record words_record(const Handed& handed) {
    const auto words = stellar::words_of(handed.envelope);
    out::Records does;
    for (const auto& line : words.does) does.push_back({{"what", line}});
    return {{"hash", to_hex(stellar::tx::hash(handed.envelope, handed.network_id))},
            {"source", words.source},
            {"sequence", std::to_string(words.sequence)},
            {"pays", words.fee_source},
            {"fee_at_most", words.fee},
            {"valid_until", words.valid_until ? out::Value{*words.valid_until} : out::Value{}},
            {"conditions", words.conditions.empty() ? out::Value{} : out::Value{out::JsonText{words.conditions}}},
            {"memo", words.memo.empty() ? out::Value{} : out::Value{words.memo}},
            {"signatures", static_cast<std::int64_t>(words.signatures)},
            {"does", does}};
}

} // namespace passa::cli
