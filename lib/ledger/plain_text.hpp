// The journal as plain text accounting, for programs that are not ours to add up again: hledger and beancount.
//
// Both get the same names. An account is Root:Kind:Event:Party, such as Liabilities:PartyPayable:Nairobi-live:Band, its
// first letters in capitals as beancount wants them; an issued asset is its code and the end of its issuer, such as
// USDC-ABCDEFGH, and the head of the file says which asset that is. Days are those of the organizer's zone. Amounts are
// exact, debits positive, every entry balanced in each asset by itself.
// Rules: https://hledger.org/hledger.html#journal, https://beancount.github.io/docs/beancount_language_syntax.html
#pragma once
#include "lib/ledger/read.hpp"

#include <map>
#include <span>

namespace passa::ledger {

enum class Dialect : std::uint8_t { hledger, beancount };

class PlainText {
public:
    // Accounts: all that the entries will name. Error ledger.same_commodity.
    PlainText(Dialect dialect, std::vector<KnownAccount> accounts);

    [[nodiscard]] std::string head() const; // assets and accounts, declared
    [[nodiscard]] std::string entries(std::span<const JournalLine> lines) const;

private:
    [[nodiscard]] std::string amount(const money::Amount& amount) const;
    [[nodiscard]] std::string opening(const JournalLine& first) const;
    Dialect m_dialect;
    std::vector<KnownAccount> m_accounts;
    std::map<money::Asset, std::string> m_commodities;
};

std::string account_path(const AccountName& account);

} // namespace passa::ledger
