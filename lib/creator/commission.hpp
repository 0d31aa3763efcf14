// What creators are due to date. Cumulative per (campaign version, creator, asset): round-half-even of the eligible
// total times the rate, so that a thousand small sales and one big one earn the same, and refunds claw back to the
// unit. A cap holds per creator over the whole campaign: later versions find less room. What a cap cuts stays with the
// split.
#pragma once
#include "lib/ledger/account.hpp"
#include "lib/money/rate.hpp"

#include <optional>
#include <vector>

namespace passa::creator {

struct Terms { // one campaign version
    IdBytes id{};
    IdBytes campaign{};
    int version = 0;
    money::Rate rate;
    std::optional<money::Amount> cap; // per creator over the campaign
};

// What a creator's sales under one version bring, to date: price after discount, without tax and fees, less what was
// undone of it in proportion to the gross.
struct Eligible {
    IdBytes campaign_version{};
    PartyId creator;
    money::Amount total;
};

struct Commission {
    Eligible eligible;
    money::Amount uncapped;
    money::Amount due;
};

// `eligible` holds one entry per (version, creator, asset). Result in the order of (campaign, creator, asset, version).
// Error creator.unknown_campaign when an entry names no version of `terms`.
std::vector<Commission> commissions_due(const std::vector<Terms>& terms, const std::vector<Eligible>& eligible);

} // namespace passa::creator
