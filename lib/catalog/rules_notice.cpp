// What a channel of each type needs and does not take, and words that a receiver would misunderstand.
#include "lib/base/text.hpp"
#include "lib/catalog/rules.hpp"
#include "lib/http/mailer.hpp"
#include "lib/http/url.hpp"

#include <algorithm>
#include <array>

namespace passa::catalog {
namespace {

using manifest::Node;
using Keys = std::vector<std::string_view>;

constexpr std::array<std::string_view, 11> k_told{"run.started", "run.done",       "run.partial",     "run.failed",
                                                  "run.alarm",   "break.opened",   "settlement.done", "batch.waiting",
                                                  "batch.done",  "payout.unknown", "unit.failed"};

class ChannelRules {
public:
    explicit ChannelRules(const manifest::Manifest& manifest)
        : m_manifest(manifest), m_spec(manifest.spec()), m_type(m_spec.find("type")->text) {}
    Problems problems;

    void check() {
        if (m_type == "email") fields({"server", "from", "to"}, {"tls", "username", "credential", "caFile"});
        if (m_type == "webhook") fields({"url", "credential"}, {});
        if (m_type == "ping") fields({}, {"url", "credential", "exitStatus"});
        if (m_type == "ping" && has("url") == has("credential"))
            refuse(*m_spec.find("type"), {Kind::invalid_input, "notice.field",
                                          "a ping has its address either in url or in its credential", "write one"});
        check_told();
        if (const auto* url = m_spec.find("url")) check_url(*url);
        if (m_type == "email") check_mail();
    }

private:
    [[nodiscard]] bool has(std::string_view key) const { return m_spec.find(key) != nullptr; }
    [[nodiscard]] const std::vector<Node>& items(std::string_view key) const {
        static const std::vector<Node> none;
        const auto* node = m_spec.find(key);
        return node == nullptr ? none : node->items;
    }

    void refuse(const Node& node, Problem problem) {
        problem.place = m_manifest.place(node.mark);
        problems.push_back(std::move(problem));
    }

    void fields(const Keys& needed, const Keys& taken) {
        for (const auto key : needed)
            if (!has(key))
                refuse(*m_spec.find("type"),
                       {Kind::invalid_input, "notice.field", fmt::format("a channel of type {} needs {}", m_type, key),
                        "see what each field means with: passa manifest explain NoticeChannel"});
        for (const std::string_view key :
             {"url", "credential", "server", "tls", "username", "from", "to", "caFile", "exitStatus"}) {
            const auto in = [&](const Keys& keys) { return std::find(keys.begin(), keys.end(), key) != keys.end(); };
            if (has(key) && !in(needed) && !in(taken))
                refuse(*m_spec.find(key), {Kind::invalid_input, "notice.field",
                                           fmt::format("a channel of type {} has no {}", m_type, key), "remove it"});
        }
    }

    void check_told() {
        for (const auto& each : items("tell"))
            if (std::find(k_told.begin(), k_told.end(), each.text) == k_told.end())
                refuse(each, {Kind::invalid_input, "notice.kind",
                              fmt::format("nothing is told under the name {}", printable(each.text, 40)),
                              "there is: " + fmt::format("{}", fmt::join(k_told, ", "))});
    }

    void check_url(const Node& node) {
        if (const auto url = http::parse_url(node.text); !url) refuse(node, url.problem());
        if (m_type == "ping" && node.text.find_first_of("?#") != std::string::npos)
            refuse(node, {Kind::invalid_input, "notice.ping_url",
                          "passa puts /fail or an exit status, and ?rid=, behind a ping's address",
                          "write it without ? and #"});
    }

    void check_mail() {
        const auto* server = m_spec.find("server");
        if (server != nullptr && !http::is_mail_server(server->text))
            refuse(*server, {Kind::invalid_input, "notice.server",
                             fmt::format("{} is no mail server", printable(server->text, 80)),
                             "write HOST:PORT, such as mail.example.org:587"});
        std::vector<Node> addresses = items("to");
        if (const auto* from = m_spec.find("from")) addresses.push_back(*from);
        for (const auto& each : addresses)
            if (!http::is_mail_address(each.text))
                refuse(each, {Kind::invalid_input, "notice.address",
                              fmt::format("{} is no mail address", printable(each.text, 80)),
                              "write the address alone, such as ops@example.org"});
    }

    const manifest::Manifest& m_manifest;
    const Node& m_spec;
    const std::string& m_type;
};

} // namespace

Problems check_notice_channel(const manifest::Manifest& manifest) {
    ChannelRules rules{manifest};
    rules.check();
    return std::move(rules.problems);
}

} // namespace passa::catalog
