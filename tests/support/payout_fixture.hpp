// An event whose parties are owed money, a treasury on the fake network and a policy: everything a payout needs but the
// payout.
#pragma once
#include "lib/payout/create.hpp"
#include "lib/payout/send.hpp"
#include "tests/support/db_test.hpp"
#include "tests/support/fake_rail.hpp"

#include <filesystem>

namespace passa::test {

struct OwedParty {
    std::string name;
    money::Int128 minor = 0; // KES cents from shares
    std::optional<std::string> destination = "somewhere";
    std::optional<std::string> memo = {};
    money::Int128 commission = 0;
};

// One organizer in a database that may be shared with others: cheap enough to make one per simulated run.
class PayoutWorld {
public:
    PayoutWorld(FreshDatabase& db, const std::string& name, const std::vector<OwedParty>& parties,
                money::Asset pays_in = {"KES", 2});

    // A new policy version with this limit; of the treasury's asset unless another is named.
    void limits(std::string_view column, std::optional<money::Int128> minor, std::optional<std::string> of = {});
    void set_policy(std::string_view name); // every treasury's
    void set_policy_of(std::string_view treasury, std::string_view name);
    void add_policy(std::string_view name, bool single_person);
    void owe(const std::string& party, ledger::AccountKind kind, money::Int128 minor,
             std::optional<EventId> for_event = {}); // none: the event there is
    EventId add_event(std::string_view name);
    [[nodiscard]] payout::Desk desk(db::Database& database, std::string actor = "maker");
    BatchId create(const payout::CreateOrder& order);
    BatchId create() { return create({event, {}, {}, false, {}}); }
    void approve(BatchId batch, const std::string& actor = "checker");
    payout::Sent send(BatchId batch, rail::Rail& rail, Duration limit = std::chrono::minutes{5});
    std::vector<payout::Payout> payouts(BatchId batch);
    std::map<std::string, money::Int128> balances(); // "party_payable band KES" -> debit positive
    std::string value(const std::string& sql);       // one value; $1 is the organizer

    FreshDatabase& db;
    OrganizerId org;
    EventId event;
    std::map<std::string, PartyId> parties;
    money::Asset asset;
    FixedClock clock;
};

// A file for the network's state that goes away with the test.
class NetworkFile {
public:
    explicit NetworkFile(const std::string& name);
    ~NetworkFile();
    NetworkFile(const NetworkFile&) = delete;
    NetworkFile& operator=(const NetworkFile&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }

private:
    std::filesystem::path m_path;
};

} // namespace passa::test
