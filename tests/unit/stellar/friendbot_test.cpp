// Whoever gives away test money is asked only where it is meant to be.
#include "lib/stellar/rpc/friendbot.hpp"
#include "tests/support/scripted_rpc.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::stellar;

namespace {

struct World {
    test::ScriptedRpc rpc;
    FixedClock clock{Instant{}};
    rpc::Client client;
    explicit World(rpc::Servers servers, const std::string& named = "") : client(rpc, clock, std::move(servers)) {
        rpc.always("getNetwork",
                   {{"passphrase", test::k_standalone}, {"protocolVersion", 28}, {"friendbotUrl", named}});
    }
};

class Bot final : public http::Poster { // answers GETs
public:
    explicit Bot(http::Reply reply) : m_reply(std::move(reply)) {}
    http::Reply post(const http::Request& request) override {
        asked = request.url.text;
        return m_reply;
    }
    std::string asked;

private:
    http::Reply m_reply;
};

} // namespace

TEST_CASE("a friendbot is the declared one, else the one that the server names", "[unit]") {
    World none{test::standalone_servers()};
    CHECK(rpc::find_friendbot(none.client).problem().code == "network.no_friendbot");
    World named{test::standalone_servers(), "http://127.0.0.1:8000/friendbot"};
    CHECK(rpc::find_friendbot(named.client)->text == "http://127.0.0.1:8000/friendbot");
    auto servers = test::standalone_servers();
    servers.friendbot = "https://bot.example.org/";
    World declared{servers, "http://127.0.0.1:8000/friendbot"};
    CHECK(rpc::find_friendbot(declared.client)->host == "bot.example.org");
    World remote{test::standalone_servers({"https://rpc.example.org"}), "http://127.0.0.1:22/"};
    CHECK(rpc::find_friendbot(remote.client).problem().code == "friendbot.elsewhere");
    World inside{test::standalone_servers({"https://rpc.example.org"}), "https://10.0.0.5:8443/reset?x="};
    CHECK(rpc::find_friendbot(inside.client).problem().code == "friendbot.elsewhere");
    World beside{test::standalone_servers({"https://rpc.example.org"}), "https://rpc.example.org/friendbot"};
    CHECK(rpc::find_friendbot(beside.client)->text == "https://rpc.example.org/friendbot");
    World known{test::standalone_servers({"https://rpc.example.org"}), "https://friendbot.stellar.org/"};
    CHECK(rpc::find_friendbot(known.client)->host == "friendbot.stellar.org");
    World plain{test::standalone_servers({"https://rpc.example.org"}), "http://bot.example.org/"};
    CHECK(rpc::find_friendbot(plain.client).problem().code == "http.plain");
}

TEST_CASE("what a friendbot says is an answer or a typed problem", "[unit]") {
    FixedClock clock{Instant{}};
    const auto url = http::parse_url("http://127.0.0.1:8000/friendbot").value();
    const auto ask = [&](http::Reply reply) {
        Bot bot{std::move(reply)};
        rpc::Client client{bot, clock, test::standalone_servers()};
        const auto done = rpc::ask_friendbot(client, url, {});
        CHECK(bot.asked.find("/friendbot?addr=GAAAA") != std::string::npos);
        return done ? "none" : done.problem().code;
    };
    CHECK(ask(http::Answer{200, "{}", {}}) == "none");
    CHECK(ask(http::Answer{400, "createAccountAlreadyExist", {}}) == "friendbot.refused");
    CHECK(ask(http::NoAnswer{http::Failure::timeout, "slow", true}) == "friendbot.no_answer");
}
