// Where notices go, as its manifest (NoticeChannel) declares it.
#pragma once
#include "lib/db/database.hpp"
#include "lib/http/mailer.hpp"

#include <string>
#include <vector>

namespace passa::notify {

enum class ChannelType : std::uint8_t { email, webhook, ping };

struct Channel {
    std::string name;
    ChannelType type{};
    std::string language; // en, sw
    std::string url;      // of webhooks and pings; of a ping it may stand in the credential
    std::string server;   // of email
    http::Tls tls{};
    std::string sender;
    std::vector<std::string> recipients;
    std::string username;
    std::string credential; // the name of the file that holds the secret; empty: none
    bool private_addresses = false;
    std::string ca_file;      // of email: the name of the file of certificates; empty: those that the machine trusts
    bool exit_status = false; // of a ping: how a run ended is told by a number
};

std::optional<Channel> find_channel(db::Transaction& tx, OrganizerId organizer, const std::string& name);
std::vector<std::string> load_channel_names(db::Transaction& tx, OrganizerId organizer);

} // namespace passa::notify
