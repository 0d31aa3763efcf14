// Sums per asset.
#include "lib/recon/proof.hpp"

#include <map>

namespace passa::recon {

std::vector<AssetProof> prove(std::span<const Amount> opening, std::span<const rail::StatementLine> lines,
                              std::span<const Amount> closing) {
    std::map<std::string, AssetProof> proofs;
    const auto of = [&](const Amount& amount) -> AssetProof& {
        const Amount zero{0, amount.asset()};
        return proofs.try_emplace(amount.asset().id, AssetProof{zero, zero, zero, zero, zero, zero}).first->second;
    };
    for (const auto& amount : opening) of(amount).opening += amount;
    for (const auto& amount : closing) of(amount).closing += amount;
    for (const auto& line : lines) {
        auto& proof = of(line.amount);
        if (line.kind == rail::StatementLine::Kind::fee)
            proof.fees -= line.amount;
        else if (line.amount.is_negative())
            proof.money_out -= line.amount;
        else
            proof.money_in += line.amount;
    }
    std::vector<AssetProof> all;
    for (auto& [id, proof] : proofs) {
        proof.gap = proof.opening + proof.money_in - proof.money_out - proof.fees - proof.closing;
        all.push_back(std::move(proof));
    }
    return all;
}

} // namespace passa::recon
