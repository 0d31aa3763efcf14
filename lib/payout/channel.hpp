// Accounts that lend a treasury their sequence numbers: with N of them N transactions are under way at once, where the
// treasury's own numbers allow one. They hold no money and their keys are derived from the treasury's, by their number.
#pragma once
#include "lib/payout/payout.hpp"

namespace passa {
struct ChannelTag {
    static constexpr std::string_view prefix = "chn";
};
using ChannelId = Id<ChannelTag>;
} // namespace passa

namespace passa::payout {

inline constexpr std::int64_t k_most_channels =
    100; // of one treasury at a time: more than a ledger of any network takes

// Lanes when nobody says how many: half of what a ledger of the public network takes (1,000 operations).
inline constexpr std::int64_t k_polite_channels = 5;

struct Channel {
    ChannelId id;
    std::int64_t number = 0;
    std::string address;
    std::string state; // made, open, closing, closed: the first and third are stored before the network is asked
    std::string made_by = {};
    Instant made_at{};
    std::int64_t open_attempts = 0;        // whose outcome is not proved
    std::optional<std::int64_t> used = {}; // our highest sequence number that is in a ledger
    bool busy = false;                     // somebody pays by it now
};

Treasury get_treasury(db::Transaction& tx, OrganizerId organizer, const std::string& name); // error treasury.unknown

// Those that are not closed, by number.
std::vector<Channel> load_channels(db::Transaction& tx, OrganizerId organizer, TreasuryId treasury);

// The number that the next one gets. A number is used once.
std::int64_t find_next_channel(db::Transaction& tx, OrganizerId organizer, TreasuryId treasury);
// Made, not open: stored before the network is asked for it.
void store_channel(db::Transaction& tx, const Desk& desk, TreasuryId treasury, const Channel& channel);

// Until the end of the transaction nobody else makes channels.
void lock_channels(db::Transaction& tx, const Desk& desk);
// No lane takes it from here on. Error channel.in_use: something of it is not proved; channel.moved.
void begin_closing(db::Transaction& tx, const Desk& desk, const Channel& channel);
// Error channel.moved when it is no longer in the state that was read.
void step_channel(db::Transaction& tx, const Desk& desk, const Channel& channel, std::string_view to);

} // namespace passa::payout
