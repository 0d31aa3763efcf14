// The port of payouts (lib/rail) on a Stellar network: one treasury account, up to 100 payments a transaction.
//
// One transaction at a time: prepare the next only when the one before is final, because both would want the same
// sequence number. So no number is ever left out, and a dead one leaves no gap: the next attempt takes it again. Many
// at a time need as many rails, each with a channel: an account that lends its numbers and holds no money.
#pragma once
#include "lib/rail/rail.hpp"
#include "lib/stellar/keys/signer.hpp"
#include "lib/stellar/rpc/client.hpp"
#include "lib/stellar/tx/asset.hpp"
#include "lib/stellar/tx/draft.hpp"
#include "lib/stellar/tx/operation.hpp"
#include "lib/stellar/tx/submit.hpp"

#include <memory>

namespace passa::stellar {

struct Treasury {
    xdr::AccountId account;
    money::Asset asset; // it pays in; XLM is always looked at too, for fees
    struct Channel {
        std::uint64_t number = 0; // by which its key follows from the treasury's
        xdr::AccountId account;
    };
    std::optional<Channel> channel = {}; // whose numbers are used; none: its own
    bool has_channels = false;           // payments may go by them, which costs one operation more each time
};

struct RailRules {
    Duration valid_for = std::chrono::seconds{120};
    std::int64_t most_per_operation = 10'000; // stroops: the cap on the fee bid
    std::size_t most_pages = 2'000;           // of one statement
};

class StellarRail final : public rail::Rail {
public:
    // Without a signer it reads only: prepare is Error rail.no_key.
    StellarRail(std::unique_ptr<rpc::Client> client, Treasury treasury, std::shared_ptr<Signer> signer,
                RailRules rules = {});

    [[nodiscard]] std::string_view name() const override { return "stellar"; }
    [[nodiscard]] rail::Capability capability() const override { return {tx::k_max_operations, true}; }

    [[nodiscard]] money::Amount most_cost(std::size_t orders) const override;
    std::vector<std::string> find_obstacles(std::span<const rail::Order> orders,
                                            const std::function<void()>& meanwhile) override;
    std::vector<money::Amount> balances() override; // errors as of the client; account.not_found
    void require_signer() override; // errors rail.no_key, rail.no_channel, channel.other_key, and those of the signer
    // Errors of the client and of tx::find_next_sequence.
    void get_ready(const rail::Numbers& known) override;
    // Errors rail.orders (none, too many, several memos), rail.amount, memo.too_long, strkey.*, asset.code.
    rail::Attempt prepare(std::span<const rail::Order> orders) override;
    rail::Outcome send(const rail::Attempt& attempt) override; // error rail.attempt for one that is not of this network
    rail::Outcome find(const rail::Attempt& attempt) override;
    rail::Statement read_statement(std::int64_t from_position) override;

private:
    rail::Outcome outcome_of(const tx::Finding& finding, const rail::Attempt& attempt, std::size_t orders);
    [[nodiscard]] xdr::AccountId carrier() const; // whose numbers are used
    std::int64_t find_bid();
    [[nodiscard]] tx::NextSequence find_next(const rail::Numbers& known);

    std::unique_ptr<rpc::Client> m_client;
    Treasury m_treasury;
    std::shared_ptr<Signer> m_signer;
    std::unique_ptr<Signer> m_channel;
    RailRules m_rules;
    tx::NextSequence m_used;          // the highest number that was seen in a ledger, and in which
    std::optional<tx::Terms> m_terms; // of the next attempt
    std::int64_t m_bid = 0;           // as of m_bid_at
    Instant m_bid_at{};
};

// A payment as the network takes it. Errors rail.amount, strkey.*, asset.code.
Result<tx::Payment> make_payment_of(const rail::Order& order);

} // namespace passa::stellar
