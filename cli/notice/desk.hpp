// Who delivers notices, and where secrets of channels lie: put together in one place for every notice command.
#pragma once
#include "cli/context.hpp"
#include "cli/environment.hpp"
#include "lib/http/mailer.hpp"
#include "lib/notify/deliver.hpp"

namespace passa::cli {

class NoticeDesk {
public:
    explicit NoticeDesk(Context& ctx)
        : m_poster(http::make_curl_poster()),
          m_mailer(http::make_curl_mailer()), m_courier{ctx.db(),
                                                        ctx.organizer(),
                                                        ctx.clock(),
                                                        {*m_poster, *m_mailer, folders(ctx)},
                                                        [&stop = ctx.stop()] { return stop.requested(); }} {}
    [[nodiscard]] const notify::Courier& courier() const { return m_courier; }

private:
    static std::vector<std::filesystem::path> folders(const Context& ctx) {
        std::vector<std::filesystem::path> all;
        if (const auto systemd = environment("CREDENTIALS_DIRECTORY")) all.emplace_back(*systemd);
        all.push_back(ctx.home() / "credentials");
        return all;
    }
    std::unique_ptr<http::Poster> m_poster; // not the one of RPC servers: its connections were opened without the guard
    std::unique_ptr<http::Mailer> m_mailer;
    notify::Courier m_courier;
};

inline out::Record notice_record(const notify::Notice& notice) {
    const bool waits = notice.state == notify::NoticeState::waiting;
    return {{"notice", notice.id.text()},
            {"channel", notice.channel},
            {"kind", notice.kind},
            {"state", notify::name(notice.state)},
            {"tries", notice.tries},
            {"next_at", waits && notice.tries > 0 ? out::Value{notice.next_at} : out::Value{nullptr}},
            {"error", notice.error.empty() ? out::Value{nullptr} : out::Value{notice.error}}};
}

inline std::vector<out::Column> notice_columns() {
    return {{"notice", "NOTICE"}, {"channel", "CHANNEL"},  {"kind", "KIND"},  {"state", "STATE"},
            {"tries", "TRIES"},   {"next_at", "NEXT TRY"}, {"error", "ERROR"}};
}

} // namespace passa::cli
