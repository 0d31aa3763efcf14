// An RPC server without a socket: a test says what each method answers.
#pragma once
#include "lib/base/clock.hpp"
#include "lib/stellar/rpc/client.hpp"

#include <nlohmann/json.hpp>

#include <deque>
#include <functional>

namespace passa::test {

inline constexpr const char* k_standalone = "Standalone Network ; February 2017";

class ScriptedRpc final : public http::Poster {
public:
    using Json = nlohmann::json;
    using Handler = std::function<http::Reply(const Json& params)>;

    // getNetwork is answered truthfully until told otherwise.
    ScriptedRpc() { always("getNetwork", {{"passphrase", k_standalone}, {"protocolVersion", 28}}); }

    static http::Reply result(const Json& value) {
        return http::Answer{200, Json{{"jsonrpc", "2.0"}, {"id", 1}, {"result", value}}.dump(), {}};
    }
    static http::Reply error(int code, const std::string& message = "no") {
        return http::Answer{
            200, Json{{"jsonrpc", "2.0"}, {"id", 1}, {"error", {{"code", code}, {"message", message}}}}.dump(), {}};
    }
    static http::Reply none(http::Failure failure, bool sent) { return http::NoAnswer{failure, "as scripted", sent}; }

    void on(const std::string& method, Handler handler) { m_handlers[method] = std::move(handler); }
    void always(const std::string& method, const Json& value) {
        on(method, [value](const Json&) { return result(value); });
    }
    // One after the other; the last one stays.
    void in_turn(const std::string& method, std::deque<http::Reply> replies) {
        on(method, [replies = std::move(replies)](const Json&) mutable {
            auto reply = replies.front();
            if (replies.size() > 1) replies.pop_front();
            return reply;
        });
    }

    http::Reply post(const http::Request& request) override {
        const auto call = Json::parse(request.body);
        asked.push_back(request.url.origin + " " + call.at("method").get<std::string>());
        for (const auto& [host, reply] : broken)
            if (request.url.origin == host) return reply;
        const auto handler = m_handlers.find(call.at("method").get<std::string>());
        if (handler == m_handlers.end()) return error(-32601, "method not found");
        return handler->second(call.value("params", Json::object()));
    }
    [[nodiscard]] std::size_t count(const std::string& method) const {
        std::size_t n = 0;
        for (const auto& line : asked) n += line.ends_with(" " + method) ? 1U : 0U;
        return n;
    }

    std::vector<std::string> asked;            // "http://127.0.0.1:8000 getHealth"
    std::map<std::string, http::Reply> broken; // endpoints that answer nothing else

private:
    std::map<std::string, Handler> m_handlers;
};

inline stellar::rpc::Servers standalone_servers(const std::vector<std::string>& urls = {"http://127.0.0.1:8000"}) {
    stellar::rpc::Servers servers{.network = "standalone", .passphrase = k_standalone};
    for (const auto& url : urls) servers.endpoints.push_back(http::parse_url(url).value());
    return servers;
}

} // namespace passa::test
