// Rows to channels.
#include "lib/notify/channel.hpp"

#include "notify_sql.hpp"

namespace passa::notify {
namespace {

ChannelType parse_type(const std::string& text) { // the CHECK of the table
    return text == "email" ? ChannelType::email : text == "webhook" ? ChannelType::webhook : ChannelType::ping;
}

http::Tls parse_tls(const std::string& text) {
    return text == "none" ? http::Tls::none : text == "implicit" ? http::Tls::implicit : http::Tls::starttls;
}

} // namespace

std::optional<Channel> find_channel(db::Transaction& tx, OrganizerId organizer, const std::string& name) {
    const auto row = tx.run(sql::find_channel, organizer, name).find();
    if (!row) return std::nullopt;
    const auto text = [&](std::string_view column) {
        return row->get<std::optional<std::string>>(column).value_or("");
    };
    return Channel{text("name"),
                   parse_type(text("type")),
                   text("language"),
                   text("url"),
                   text("server"),
                   parse_tls(text("tls")),
                   text("sender"),
                   row->get<std::vector<std::string>>("recipients"),
                   text("username"),
                   text("credential"),
                   row->get<bool>("private_addresses"),
                   text("ca_file"),
                   row->get<bool>("exit_status")};
}

std::vector<std::string> load_channel_names(db::Transaction& tx, OrganizerId organizer) {
    std::vector<std::string> names;
    for (const auto& row : tx.run(sql::load_channel_names, organizer)) names.push_back(row.get<std::string>("name"));
    return names;
}

} // namespace passa::notify
