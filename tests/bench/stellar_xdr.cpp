// How long the codec takes to read and write transactions, their results and their metas: as bytes, and as SEP-51 JSON.
// Reads lines "type<TAB>base64" from stdin and prints the seconds of the best of ROUNDS for each, as `xdr-oracle time
// ROUNDS` does for the Rust types of the network's own developers; tests/bench/xdr.sh lets both do the same work in
// turns.
#include "lib/base/text.hpp"
#include "lib/stellar/xdr/codec.hpp"
#include "lib/stellar/xdr/json.hpp"
#include "lib/stellar/xdr/types_meta.hpp"
#include "lib/stellar/xdr/types_result.hpp"
#include "lib/stellar/xdr/types_transaction.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <iostream>
#include <string>

using namespace passa;
using namespace passa::stellar;

namespace {

struct Timed {
    std::size_t (*bytes)(ByteView); // the size of what is written again
    std::size_t (*json)(std::string_view);
    Bytes xdr;
    std::string text;
};

template <typename T>
Timed make_timed(std::string_view base64) {
    const auto value = xdr::decode_base64<T>(base64).value_or_throw();
    return {.bytes = [](ByteView bytes) { return xdr::encode(xdr::decode<T>(bytes).value_or_throw()).size(); },
            .json =
                [](std::string_view text) {
                    return xdr::to_json_text(xdr::from_json_text<T>(text).value_or_throw()).size();
                },
            .xdr = xdr::encode(value),
            .text = xdr::to_json_text(value)};
}

Timed read_line(const std::string& line) {
    const auto tab = line.find('\t');
    const auto name = std::string_view{line}.substr(0, tab);
    const auto base64 = std::string_view{line}.substr(tab + 1);
    if (name == "TransactionEnvelope") return make_timed<xdr::TransactionEnvelope>(base64);
    if (name == "TransactionResult") return make_timed<xdr::TransactionResult>(base64);
    if (name == "TransactionMeta") return make_timed<xdr::TransactionMeta>(base64);
    throw std::runtime_error{fmt::format("no {} is timed", name)};
}

template <typename Work>
double best_seconds(int rounds, const std::vector<Timed>& values, Work is_same_again) {
    double best = 1e9;
    for (int round = 0; round < rounds; ++round) {
        const auto start = std::chrono::steady_clock::now();
        if (!std::all_of(values.begin(), values.end(), is_same_again))
            throw std::runtime_error{"not written as it was read"};
        best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    }
    return best;
}

} // namespace

int main(int argc, char** argv) {
    const int rounds = argc > 1 ? std::stoi(argv[1]) : 5;
    std::vector<Timed> values;
    for (std::string line; std::getline(std::cin, line);) values.push_back(read_line(line));
    const auto bytes = best_seconds(rounds, values, [](const Timed& it) { return it.bytes(it.xdr) == it.xdr.size(); });
    const auto json = best_seconds(rounds, values, [](const Timed& it) { return it.json(it.text) == it.text.size(); });
    fmt::print("{:.6f} {:.6f}\n", bytes, json);
}
