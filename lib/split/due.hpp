// The settlement law as a pure function: from what the lines brought to date, what everybody is due to date.
//
// Per (plan version, asset): commissions come off the top or from the party that the plan names; the rest is allocated
// over the shares. Basis net shares gross - tax - fees; basis gross shares gross - tax, and the plan names who bears
// the fees. Shares + commissions + fees + tax = gross, always.
#pragma once
#include "lib/creator/commission.hpp"

#include <optional>
#include <vector>

namespace passa::split {

enum class Basis : std::uint8_t { gross, net };

struct Share {
    PartyId party;
    std::uint32_t ppm = 0;
};

struct PlanVersion {
    IdBytes id{};
    Basis basis = Basis::net;
    std::optional<PartyId> fees_from;       // set for basis gross
    std::optional<PartyId> commission_from; // none: off the top
    std::vector<Share> shares;              // in their stable order
};

// What lines brought to date, per plan version, campaign version, creator and asset.
struct Intake {
    IdBytes plan_version{};
    std::optional<IdBytes> campaign_version;
    std::optional<PartyId> creator;
    money::Amount gross;
    money::Amount tax;
    money::Amount fee_platform;
    money::Amount fee_payment;
    money::Amount eligible; // for commissions; what that is stands in lib/db/migrations/0005_settlement.sql
    friend bool operator==(const Intake&, const Intake&) = default;
};

enum class DueKind : std::uint8_t { share, commission };

struct Due {
    IdBytes plan_version{};
    DueKind kind = DueKind::share;
    PartyId party;
    std::optional<IdBytes> campaign_version; // of a commission
    money::Amount amount;
};

// One share of a pool, before fees and commissions are charged to anybody. extra_unit: it got one of the units that
// were left over, away from zero.
struct Part {
    Share share;
    money::Amount allocated;
    bool extra_unit = false;
};

// How one pool came to its parts: what explain shows.
struct Pool {
    IdBytes plan_version{};
    money::Amount gross, tax, fees, commissions, shared;
    std::vector<Part> parts;
};

struct DueToDate {
    std::vector<Pool> pools;
    std::vector<creator::Commission> commissions;
    std::vector<Due> dues; // in a stable order; zero dues left out
};

// Error split.unknown_plan when an intake names no version of `plans`.
DueToDate due_to_date(const std::vector<PlanVersion>& plans, const std::vector<creator::Terms>& terms,
                      const std::vector<Intake>& intakes);

} // namespace passa::split
