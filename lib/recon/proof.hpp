// The arithmetic proof, per asset and to the smallest unit: opening + in - out - fees = closing, where the closing
// balance is the rail's own word. Pure.
#pragma once
#include "lib/rail/rail.hpp"

#include <span>

namespace passa::recon {

using money::Amount;

struct AssetProof {
    Amount opening;
    Amount money_in;
    Amount money_out; // positive
    Amount fees;      // positive
    Amount closing;
    Amount gap; // what the lines explain too much (positive) or too little
};

// One proof for every asset that the rail gives a closing balance of, by asset id.
std::vector<AssetProof> prove(std::span<const Amount> opening, std::span<const rail::StatementLine> lines,
                              std::span<const Amount> closing);

} // namespace passa::recon
