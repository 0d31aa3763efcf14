// The names of the account kinds, as the database spells them.
#include "lib/ledger/account.hpp"

namespace passa::ledger {

std::string_view name(AccountKind kind) {
    switch (kind) {
    case AccountKind::gateway_receivable: return "gateway_receivable";
    case AccountKind::event_proceeds: return "event_proceeds";
    case AccountKind::tax_held: return "tax_held";
    case AccountKind::platform_fee: return "platform_fee";
    case AccountKind::payment_fee: return "payment_fee";
    case AccountKind::party_payable: return "party_payable";
    case AccountKind::commission_payable: return "commission_payable";
    case AccountKind::payout_clearing: return "payout_clearing";
    case AccountKind::treasury: return "treasury";
    case AccountKind::network_fee: return "network_fee";
    case AccountKind::fx: return "fx";
    case AccountKind::fx_rounding: return "fx_rounding";
    case AccountKind::rounding: return "rounding";
    case AccountKind::expense: return "expense";
    case AccountKind::funding: return "funding";
    case AccountKind::suspense: return "suspense";
    }
    return "suspense";
}

} // namespace passa::ledger
