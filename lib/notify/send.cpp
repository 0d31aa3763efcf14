// Each way in its own function; the limits are short because many notices may stand behind one that hangs.
#include "lib/notify/send.hpp"

#include "lib/base/text.hpp"
#include "lib/notify/credential.hpp"
#include "lib/notify/email.hpp"
#include "lib/notify/message.hpp"
#include "lib/notify/webhook.hpp"

namespace passa::notify {
namespace {

constexpr http::Limits k_limits{.connect = std::chrono::seconds{5},
                                .total = std::chrono::seconds{15},
                                .stall = std::chrono::seconds{10},
                                .answer_bytes = 64U << 10U};
constexpr int k_gone = 410; // the receiver says: never again

http::Reach reach_of(const Channel& channel) {
    return channel.private_addresses            ? http::Reach::anywhere
           : channel.type == ChannelType::email ? http::Reach::mail_servers
                                                : http::Reach::internet;
}

std::optional<Failure> judge(const http::Reply& reply) {
    if (const auto* none = std::get_if<http::NoAnswer>(&reply)) return Failure{none->reason};
    const auto& answer = std::get<http::Answer>(reply);
    if (answer.status >= 200 && answer.status < 300) return std::nullopt;
    const bool redirects = answer.status >= 300 && answer.status < 400;
    return Failure{fmt::format("it answered {}{}", answer.status, redirects ? ", and redirects are not followed" : ""),
                   answer.status == k_gone, answer.retry_after};
}

// /0 is well to those who watch, so what is not well and has no status of its own stays /fail.
std::string way_of(const Notice& notice, bool exit_status) {
    const std::string_view kind = notice.kind;
    if (kind == "run.started") return "/start";
    if (const auto status = exit_status ? exit_status_of(notice) : std::nullopt) return fmt::format("/{}", *status);
    if (kind == "run.done" || kind == "test") return "";
    return kind == "settlement.done" || kind.starts_with("batch.") ? "/log" : "/fail";
}

class Sending {
public:
    Sending(const Post& post, const Channel& channel, const Notice& notice, Instant now)
        : m_post(post), m_channel(channel), m_notice(notice), m_now(now) {}

    std::optional<Failure> webhook() {
        const auto secret = read_credential(m_post.credential_folders, m_channel.credential);
        if (!secret) return unusable(secret.problem());
        const auto secrets = parse_webhook_secrets(line_of(*secret));
        if (!secrets) return unusable(secrets.problem());
        const auto url = http::parse_url(m_channel.url);
        if (!url) return unusable(url.problem());
        const auto body = json_of(m_notice);
        return post({*url, body, k_limits, true, "application/json",
                     webhook_headers({m_notice.id.text(), m_now, body}, *secrets)});
    }

    // The address alone means well, /fail that it is not, /start that it begins, /log neither, /0 to /255 how a run
    // ended: as services that watch cron jobs have it. rid is the run's: what begins and how it ended are seen to be
    // one.
    std::optional<Failure> ping() {
        auto address = m_channel.url;
        if (!m_channel.credential.empty()) {
            const auto secret = read_credential(m_post.credential_folders, m_channel.credential);
            if (!secret) return unusable(secret.problem());
            address = line_of(*secret);
        }
        while (address.ends_with('/')) address.pop_back();
        const auto url = http::parse_url(
            fmt::format("{}{}?rid={}", address, way_of(m_notice, m_channel.exit_status), pairing_uuid(m_notice)));
        if (!url && !m_channel.credential.empty()) // its problem would show what the credential holds
            return Failure{fmt::format("the credential {} holds no URL to ping", m_channel.credential), true};
        if (!url) return unusable(url.problem());
        return post({*url, message_of(m_notice, m_channel.language).text, k_limits, true, "text/plain; charset=utf-8"});
    }

    std::optional<Failure> email() {
        http::Letter letter{.server = m_channel.server,
                            .tls = m_channel.tls,
                            .username = m_channel.username,
                            .from = m_channel.sender,
                            .to = m_channel.recipients,
                            .reach = reach_of(m_channel),
                            .limits = k_limits};
        Secret password;
        if (!m_channel.credential.empty()) {
            const auto secret = read_credential(m_post.credential_folders, m_channel.credential);
            if (!secret) return unusable(secret.problem());
            std::string line{line_of(*secret)};
            password = Secret::take(line);
            letter.password = &password;
        }
        if (!m_channel.ca_file.empty()) {
            const auto read = read_credential(m_post.credential_folders, m_channel.ca_file);
            if (!read) return unusable(read.problem());
            letter.authorities = line_of(*read);
        }
        letter.text = letter_text(m_notice, message_of(m_notice, m_channel.language), m_channel);
        const auto refusal = m_post.mailer.send(letter);
        return refusal ? std::optional{Failure{refusal->reason, refusal->for_good, {}, refusal->some_took_it}}
                       : std::nullopt;
    }

private:
    // A file that is not there yet, or was mistyped, is mended by somebody: it is tried again.
    static Failure unusable(const Problem& problem) { return {join(std::vector{problem.message, problem.hint}, "; ")}; }

    std::optional<Failure> post(http::Request request) {
        request.reach = reach_of(m_channel);
        return judge(m_post.poster.post(request));
    }

    const Post& m_post;
    const Channel& m_channel;
    const Notice& m_notice;
    Instant m_now;
};

} // namespace

std::optional<Failure> send(const Post& post, const Channel& channel, const Notice& notice, Instant now) {
    Sending sending{post, channel, notice, now};
    switch (channel.type) {
    case ChannelType::email: return sending.email();
    case ChannelType::webhook: return sending.webhook();
    case ChannelType::ping: return sending.ping();
    }
    return Failure{"this way is not known", true};
}

} // namespace passa::notify
