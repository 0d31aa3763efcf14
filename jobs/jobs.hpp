// The jobs there are: what each is about, and how it becomes items and steps for the runner.
#pragma once
#include "lib/catalog/contract.hpp"
#include "lib/crypto/ed25519.hpp"
#include "lib/payout/send.hpp"
#include "lib/rail/rail.hpp"
#include "lib/runner/declared.hpp"
#include "lib/runner/runner.hpp"
#include "lib/stellar/rpc/client.hpp"
#include "lib/stellar/xdr/types_contract_value.hpp"

#include <filesystem>
#include <span>

namespace passa::jobs {

// Copies of the whole database: where they lie and how they are made is the command line's to know.
struct Copies {
    std::function<std::optional<Instant>(const runner::Upkeep&)> find_newest;
    std::function<runner::Counts(const runner::Upkeep&)> make;
};

// Networks and the contracts on them: how they are reached is the command line's to know.
struct Chain {
    std::function<std::unique_ptr<stellar::rpc::Client>(const std::string& network)> make_rpc;
    std::function<stellar::xdr::ContractId(const catalog::Contract&)> address_of;
    // The contract of this item, as it is declared to be kept; pays. What it did, and the stroops that it cost.
    std::function<runner::Counts(runner::Item& item)> keep;
    // What the contract of this item is to be told (lib/contract/outbox.hpp), in as few calls as it takes.
    std::function<runner::Counts(runner::Item& item)> send;
    // The event of this item: its contracts pay what is owed. What moved, in stroops of its currency.
    std::function<runner::Counts(runner::Item& item)> pay;
};

// What a job works with. Only the command line constructs rails.
struct Desk {
    const payout::Desk& books;
    std::function<std::unique_ptr<rail::Rail>(const std::string& treasury)> make_rail;
    std::optional<std::string> scope; // one event, one treasury; none: all of the organizer
    Instant until;                    // the end of the run's period
    // What pays: a rail that signs, on the network that somebody agreed to. None: on any, which only a look at the plan
    // may ask for.
    std::function<std::unique_ptr<rail::Rail>(const std::string& treasury)> make_payer = {};
    std::function<std::unique_ptr<rail::Rail>(const std::string& treasury, const payout::Channel&)> make_lane = {};
    std::optional<std::string> network = {};
    payout::Patience patience = {};
    // By a person or TERM, where patience also ends with the time of a call: what cannot be taken up in its middle is
    // left for this alone, else it would never be done.
    std::function<bool()> told_to_end = [] { return false; };
    std::filesystem::path profiles = {};           // import profiles of the project
    std::function<crypto::KeyPair()> own_key = {}; // the home's, which signs while nobody is there
    Copies copies = {};
    Chain chain = {};
};

struct JobKind {
    std::string_view name;
    std::string_view scope; // what it may be narrowed to: "event", "treasury"; empty: nothing
    std::string_view summary;
    runner::Job (*make)(const Desk& desk);
    bool moves_money = false; // somebody must agree to the network before
};

std::span<const JobKind> kinds();
const JobKind* find_kind(std::string_view name);
// Error job.unknown, with the nearest of these and of the names in `also`.
const JobKind& get_kind(std::string_view name, const std::vector<std::string>& also = {});

runner::Job chain_sync(const Desk& desk);
runner::Job contract_keep(const Desk& desk);
runner::Job contract_send(const Desk& desk);
runner::Job escrow_pay(const Desk& desk);
runner::Job housekeeping(const Desk& desk);
runner::Job import_watch(const Desk& desk);
runner::Job settle(const Desk& desk);
runner::Job reconcile(const Desk& desk);
runner::Job ledger_check(const Desk& desk);
runner::Job payout(const Desk& desk);

} // namespace passa::jobs
