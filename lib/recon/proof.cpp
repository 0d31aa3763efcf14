// Sums per asset.
#include "lib/recon/proof.hpp"

#include <map>

namespace passa::recon {

std::vector<AssetProof> prove(std::span<const Amount> opening, std::span<const rail::StatementLine> lines,
                              std::span<const Amount> closing) {
    std::map<std::string, AssetProof> proofs;
    for (const auto& amount : closing) {
        const Amount zero{0, amount.asset()};
        proofs.try_emplace(amount.asset().id, AssetProof{zero, zero, zero, zero, zero, zero}).first->second.closing +=
            amount;
    }
    const auto find = [&](const Amount& amount) {
        const auto it = proofs.find(amount.asset().id);
        return it == proofs.end() ? nullptr : &it->second;
    };
    for (const auto& amount : opening)
        if (auto* proof = find(amount)) proof->opening += amount;
    for (const auto& line : lines) {
        auto* proof = find(line.amount);
        if (proof == nullptr) continue;
        if (line.kind == rail::StatementLine::Kind::fee)
            proof->fees -= line.amount;
        else if (line.amount.is_negative())
            proof->money_out -= line.amount;
        else
            proof->money_in += line.amount;
    }
    std::vector<AssetProof> all;
    for (auto& [id, proof] : proofs) {
        proof.gap = proof.opening + proof.money_in - proof.money_out - proof.fees - proof.closing;
        all.push_back(std::move(proof));
    }
    return all;
}

} // namespace passa::recon
