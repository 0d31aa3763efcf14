// What building, encoding, hashing and signing transactions of 100 payments costs over the Ed25519 signatures that they
// contain. Prints ratio, target and whether it holds; the floor is the same number of bare signatures of 32 bytes in
// the same process.
#include "lib/crypto/hash.hpp"
#include "lib/stellar/tx/asset.hpp"
#include "lib/stellar/tx/operation.hpp"
#include "lib/stellar/tx/transaction.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>

using namespace passa;
using namespace passa::stellar;

namespace {

constexpr int k_transactions = 100; // short rounds: one that nothing interrupts is among them
constexpr int k_rounds = 300;       // in turns, and the best of each counts: the machine may be busy with other things
constexpr double k_target = 1.3;

template <typename Work>
double seconds(Work work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

crypto::KeyPair key_of(std::string_view name) {
    auto seed = crypto::sha256(as_bytes(name));
    return crypto::KeyPair::from_seed(Secret::take(seed)).value_or_throw();
}

std::vector<tx::Payment> some_payments(const xdr::Asset& asset) {
    std::vector<tx::Payment> payments;
    for (int i = 0; i < 100; ++i)
        payments.push_back({.destination = tx::to_muxed({key_of(fmt::format("payee {}", i)).public_key()}),
                            .asset = asset,
                            .stroops = 10'000'000 + i});
    return payments;
}

std::size_t build_and_sign(const std::vector<tx::Payment>& payments, std::span<Signer* const> signers) {
    const auto network = make_network_id("Standalone Network ; February 2017");
    std::size_t bytes = 0;
    for (int i = 0; i < k_transactions; ++i) {
        tx::Plan plan{.source = tx::to_muxed({signers[0]->public_key()}), .sequence = 1 + i, .fee = 10'000};
        plan.preconditions = tx::make_expiry(1'800'000'000).value();
        plan.operations = tx::make_payments(payments);
        auto envelope = tx::make_transaction(std::move(plan)).value();
        tx::sign(envelope, network, signers);
        bytes += envelope.get<xdr::EnvelopeType::tx>().signatures.size();
    }
    return bytes;
}

bool measure(std::string_view name, const xdr::Asset& asset, std::span<Signer* const> signers) {
    const auto payments = some_payments(asset);
    const auto key = key_of("floor");
    double floor = 1e9;
    double whole = 1e9;
    for (int round = 0; round < k_rounds; ++round) {
        Hash256 message{};
        floor = std::min(floor, seconds([&] {
                             for (std::size_t i = 0; i < k_transactions * signers.size(); ++i)
                                 message[i % 32] ^= key.sign(message)[0];
                         }));
        whole = std::min(whole, seconds([&] {
                             if (build_and_sign(payments, signers) != k_transactions * signers.size()) std::abort();
                         }));
    }
    const bool holds = whole / floor <= k_target;
    fmt::print("{:<34} {:>9.2f} times target <= {:<5} {:<7} ({:.0f} us each; floor: {} bare signature(s) {:.0f} us)\n",
               name, whole / floor, k_target, holds ? "ok" : "NOT OK", whole / k_transactions * 1e6, signers.size(),
               floor / k_transactions * 1e6);
    return holds;
}

} // namespace

int main() {
    SeedSigner channel{key_of("channel")};
    SeedSigner treasury{key_of("treasury")};
    Signer* const one[] = {&treasury};
    Signer* const two[] = {&channel, &treasury};
    const auto xlm = tx::parse_asset("XLM").value();
    const auto usdc = tx::parse_asset("USDC:GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGZ").value();
    const bool native = measure("sign 100 payments, XLM", xlm, one);
    const bool issued = measure("sign 100 payments, USDC", usdc, one);
    const bool twice = measure("sign 100 payments, USDC, 2 keys", usdc, two);
    return native && issued && twice ? 0 : 1;
}
