// Channels as rows.
#include "lib/payout/channel.hpp"

#include "lib/base/text.hpp"
#include "lib/payout/lease.hpp"
#include "lib/payout/store.hpp"
#include "payout_sql.hpp"

namespace passa::payout {

Treasury get_treasury(db::Transaction& tx, OrganizerId organizer, const std::string& name) {
    for (const auto& row : tx.run(sql::load_treasuries, organizer))
        if (row.get<std::string>("name") == name) return read_treasury(row);
    throw Error{{Kind::not_found, "treasury.unknown", fmt::format("there is no treasury {}", printable(name, 60)),
                 "see them with: passa get treasury"}};
}

std::vector<Channel> load_channels(db::Transaction& tx, OrganizerId organizer, TreasuryId treasury) {
    std::vector<Channel> channels;
    for (const auto& row : tx.run(sql::load_channels, organizer, treasury, k_sending)) {
        Channel channel{row.get<ChannelId>("id"), row.get<std::int64_t>("number"), row.get<std::string>("address"),
                        row.get<std::string>("state")};
        channel.made_by = row.get<std::string>("made_by");
        channel.made_at = row.get<Instant>("made_at");
        channel.open_attempts = row.get<std::int64_t>("open_attempts");
        channel.used = row.get<std::optional<std::int64_t>>("used");
        channel.busy = row.get<bool>("busy");
        channels.push_back(std::move(channel));
    }
    return channels;
}

std::int64_t find_next_channel(db::Transaction& tx, OrganizerId organizer, TreasuryId treasury) {
    return tx.run(sql::find_last_channel, organizer, treasury)
               .one()
               .get<std::optional<std::int64_t>>("number")
               .value_or(0) +
           1;
}

void store_channel(db::Transaction& tx, const Desk& desk, TreasuryId treasury, const Channel& channel) {
    tx.run(sql::insert_channel, desk.organizer, channel.id, treasury, channel.number, channel.address, desk.actor,
           desk.clock.now());
}

void lock_channels(db::Transaction& tx, const Desk& desk) { tx.run(sql::lock_organizer, desk.organizer); }

void begin_closing(db::Transaction& tx, const Desk& desk, const Channel& channel) {
    step_channel(tx, desk, channel, "closing"); // waits for whoever claims payouts by it
    if (tx.run(sql::count_open_of_channel, desk.organizer, channel.id).one().get<std::int64_t>("attempts") > 0)
        throw Error{{Kind::busy, "channel.in_use",
                     fmt::format("channel {} has a transaction whose outcome is not proved", channel.number),
                     "when it is, passa payout list shows it drained; then close it"}};
}

void step_channel(db::Transaction& tx, const Desk& desk, const Channel& channel, std::string_view to) {
    if (tx.execute(sql::set_channel_state, desk.organizer, channel.id, channel.state, to, desk.clock.now()) != 1)
        throw Error{{Kind::busy, "channel.moved",
                     fmt::format("channel {} is no longer {}: somebody else changed it", channel.number, channel.state),
                     "look at it with: passa channel list"}};
}

} // namespace passa::payout
