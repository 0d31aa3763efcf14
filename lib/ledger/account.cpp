// The names of the account kinds, from their table, both ways.
#include "lib/ledger/account.hpp"

#include "lib/base/assert.hpp"

#include <algorithm>
#include <iterator>

namespace passa::ledger {

std::string_view name(AccountKind kind) {
    const auto* const it = std::find_if(std::begin(k_account_kinds), std::end(k_account_kinds),
                                        [&](const AccountKindName& row) { return row.kind == kind; });
    PASSA_ASSERT(it != std::end(k_account_kinds));
    return it->name;
}

AccountKind get_account_kind(std::string_view name) {
    const auto* const it = std::find_if(std::begin(k_account_kinds), std::end(k_account_kinds),
                                        [&](const AccountKindName& row) { return row.name == name; });
    PASSA_ASSERT(it != std::end(k_account_kinds));
    return it->kind;
}

} // namespace passa::ledger
