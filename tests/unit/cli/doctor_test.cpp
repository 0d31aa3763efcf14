// What doctor says about facts that a test cannot bring about: a full disk, no certificates, servers of another time.
#include "cli/doctor/finding.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::cli::doctor;
using std::chrono::seconds;

namespace {

stellar::rpc::EndpointReport report(Duration behind, Duration ahead) {
    stellar::rpc::EndpointReport r{"https://rpc.example.org"};
    r.health = stellar::rpc::Health{"healthy", 77};
    r.behind = behind;
    r.ahead = ahead;
    return r;
}

Finding judged(const stellar::rpc::EndpointReport& r) {
    stellar::rpc::Servers servers;
    servers.network = "testnet";
    return judge_server(r, servers);
}

} // namespace

TEST_CASE("doctor wants room on the disk", "[unit]") {
    REQUIRE(judge_disk("/data", std::uintmax_t{2} << 30U).good);
    const auto full = judge_disk("/data", 5U << 20U);
    REQUIRE_FALSE(full.good);
    REQUIRE(full.code == "config.disk");
    REQUIRE(full.found == "only 5 MiB are free for /data");
}

TEST_CASE("doctor wants certificates", "[unit]") {
    REQUIRE(check_certificates("/proc/self/exe").good);
    REQUIRE(check_certificates("/nowhere.crt").code == "config.certificates");
}

TEST_CASE("doctor holds a server's newest ledger against this machine's clock", "[unit]") {
    REQUIRE(judged(report(seconds{4}, {})).found == "https://rpc.example.org: ledger 77, 4 s old");
    REQUIRE(judged(report(seconds{4}, {})).good);
    REQUIRE(judged(report({}, seconds{5})).good);
    REQUIRE(judged(report(seconds{61}, {})).code == "rpc.behind");
    REQUIRE(judged(report({}, seconds{6})).code == "config.clock");
    auto broken = report({}, {});
    broken.problem = Problem{Kind::unavailable, "rpc.unreachable", "gone", "try"};
    REQUIRE(judged(broken).code == "rpc.unreachable");
}
