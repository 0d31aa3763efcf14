// Any text as what a notice is made of: the secrets of a webhook, what its signature covers, the words of a letter, the
// fields of a channel. Refused without a word of it, or nothing of it can end a line that a receiver obeys.
#include "lib/base/assert.hpp"
#include "lib/base/text.hpp"
#include "lib/catalog/kinds.hpp"
#include "lib/catalog/rules.hpp"
#include "lib/http/mailer.hpp"
#include "lib/manifest/read.hpp"
#include "lib/notify/email.hpp"
#include "lib/notify/webhook.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

using namespace passa;

namespace {

using Json = nlohmann::json;

bool is_one_line(std::string_view text) {
    return std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

std::string as_json(const Json& json) { return json.dump(-1, ' ', true, Json::error_handler_t::replace); }

void check_secrets(std::string_view text) {
    const auto secrets = notify::parse_webhook_secrets(text);
    if (!secrets) {
        PASSA_ASSERT(secrets.problem().code == "notice.webhook_secret");
        PASSA_ASSERT(text.size() < 12 || secrets.problem().message.find(text) == std::string::npos);
        return;
    }
    for (const auto& secret : *secrets) PASSA_ASSERT(secret.reveal().size() >= 24 && secret.reveal().size() <= 64);
    const auto headers = notify::webhook_headers({"ntc_1", {}, text}, *secrets);
    PASSA_ASSERT(headers.size() == 3 && std::all_of(headers.begin(), headers.end(), is_one_line));
}

// Names in order, each line short, nothing of the text a line of its own.
void check_letter(const notify::Notice& notice, const notify::Message& message) {
    notify::Channel channel;
    channel.sender = "passa@example.org";
    channel.recipients = {"ops@example.org"};
    const auto letter = notify::letter_text(notice, message, channel);
    std::vector<std::string_view> names{"From: ",         "To: ",           "Subject: ",
                                        "Date: ",         "Message-ID: ",   "Auto-Submitted: ",
                                        "MIME-Version: ", "Content-Type: ", "Content-Transfer-Encoding: "};
    auto next = names.begin();
    std::size_t begin = 0;
    for (std::size_t end = letter.find("\r\n"); end != std::string::npos;
         begin = end + 2, end = letter.find("\r\n", begin)) {
        const auto line = std::string_view{letter}.substr(begin, end - begin);
        PASSA_ASSERT(line.size() <= 998 && is_one_line(line) && line != ".");
        if (next == names.end() || line.starts_with(' ')) continue; // the body; what goes on from the line before
        PASSA_ASSERT(line.starts_with(*next++));
    }
    PASSA_ASSERT(next == names.end() && begin == letter.size());
}

void check_words(std::string_view text) {
    notify::Notice notice;
    notice.channel = text;
    notice.organizer = text;
    notice.kind = "batch.waiting";
    notice.payload = as_json({{"batch", "01932d3c-8a7b-7000-8000-000000000001"},
                              {"event", text},
                              {"treasury", text},
                              {"made_by", text},
                              {"payouts", 3},
                              {"total", text},
                              {"blocked", 0}});
    PASSA_ASSERT(Json::parse(notify::json_of(notice)).at("type") == notice.kind);
    for (const auto* language : {"en", "sw"}) check_letter(notice, notify::message_of(notice, language));
}

void check_channel(std::string_view text) {
    const auto lines = split_at(text, '\n');
    const auto line = [&](std::size_t n) { return std::string{n < lines.size() ? lines[n] : ""}; };
    const Json manifest{{"apiVersion", "passa/v1"},
                        {"kind", "NoticeChannel"},
                        {"metadata", {{"name", "ops"}, {"organizer", "demo-organizer"}}},
                        {"spec",
                         {{"type", "email"},
                          {"server", line(0)},
                          {"from", line(1)},
                          {"to", Json::array({line(2)})},
                          {"username", line(3)},
                          {"tell", Json::array({line(4)})}}}};
    auto documents = manifest::read_text(as_json(manifest), "fuzz.yaml");
    if (!documents) return;
    const auto checked = manifest::check(std::move(documents).value(), catalog::kinds());
    if (!checked || !catalog::check_rules(checked->front()).empty()) return;
    for (const auto& address : {line(1), line(2)}) {
        PASSA_ASSERT(http::is_mail_address(address) && is_one_line(address));
        PASSA_ASSERT(address.find_first_of(" <>,\"") == std::string::npos);
    }
    PASSA_ASSERT(http::is_mail_server(line(0)) && is_one_line(line(0)));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    check_secrets(text);
    check_words(text);
    check_channel(text);
    return 0;
}
