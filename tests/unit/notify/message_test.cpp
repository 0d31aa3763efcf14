// Every kind of notice has its words in every language, and none of them can be made by who caused it.
#include "lib/notify/message.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace passa;
using namespace passa::notify;

namespace {

Notice notice_of(const std::string& kind) {
    Notice notice;
    notice.channel = "ops";
    notice.kind = kind;
    notice.organizer = "Demo Organizer";
    notice.created_at = parse_instant("2026-11-21T09:00:00Z").value_or_throw();
    if (kind.starts_with("run."))
        notice.payload =
            R"({"job":"settle","scope":"demo-night","run":"01932d3c-8a7b-7000-8000-000000000001","attempt":2,)"
            R"("exit_code":75,"error_code":"db.away","error":"gone\n\u001b[2J"})";
    else if (kind == "break.opened")
        notice.payload = R"({"treasury":"demo-till","run":"01932d3c-8a7b-7000-8000-000000000001","opened":2,"open":3})";
    else if (kind == "settlement.done")
        notice.payload = R"({"event":"demo-night","settlement":"01932d3c-8a7b-7000-8000-000000000001","lines":3,)"
                         R"("settled_by":"ann","net":"60.00 KES"})";
    else if (kind == "batch.waiting")
        notice.payload = R"({"batch":"01932d3c-8a7b-7000-8000-000000000001","event":"","treasury":"demo-till",)"
                         R"("made_by":"ann\r\nBcc: eve@example.org","payouts":3,"total":"60.00 KES","blocked":0})";
    else if (kind == "batch.done")
        notice.payload = R"({"batch":"01932d3c-8a7b-7000-8000-000000000001","event":"demo-night",)"
                         R"("treasury":"demo-till","paid":3,"total":"60.00 KES","not_paid":0})";
    else if (kind == "payout.unknown")
        notice.payload =
            R"({"batch":"01932d3c-8a7b-7000-8000-000000000001","network":"standalone",)"
            R"("transaction":"ab12","payouts":3,"total":"60.00 KES","valid_until":"2026-11-21T08:00:00Z"})";
    else
        notice.payload = "{}";
    return notice;
}

} // namespace

TEST_CASE("every kind of notice has a subject and a text in English and Swahili", "[unit][notify]") {
    for (const std::string kind : {"run.started", "run.done", "run.partial", "run.failed", "run.alarm", "break.opened",
                                   "settlement.done", "batch.waiting", "batch.done", "payout.unknown", "test"}) {
        const auto english = message_of(notice_of(kind), "en");
        const auto swahili = message_of(notice_of(kind), "sw");
        REQUIRE(english.subject.starts_with("Demo Organizer: "));
        REQUIRE(english.subject.find('\n') == std::string::npos);
        REQUIRE_FALSE(english.text.empty());
        REQUIRE(swahili.subject.starts_with("Demo Organizer: "));
        REQUIRE(swahili.text != english.text);
    }
}

TEST_CASE("a notice of a failed run says which, why, and what to type next", "[unit][notify]") {
    const auto said = message_of(notice_of("run.failed"), "en");
    REQUIRE(said.subject == "Demo Organizer: the job settle failed");
    REQUIRE(said.text.find("settle for demo-night") != std::string::npos);
    REQUIRE(said.text.find("passa job resume job_01") != std::string::npos);
    REQUIRE(said.text.find("\x1b") == std::string::npos); // remote text stays text
}

TEST_CASE("a notice for machines is the same bytes each time, with ids as people type them", "[unit][notify]") {
    const auto body = json_of(notice_of("break.opened"));
    REQUIRE(body == json_of(notice_of("break.opened")));
    const auto read = nlohmann::json::parse(body);
    REQUIRE(read["type"] == "break.opened");
    REQUIRE(read["data"]["run"].get<std::string>().starts_with("rec_"));
    REQUIRE(read["data"]["opened"] == 2);
    REQUIRE(read["timestamp"] == "2026-11-21T09:00:00Z");
}

TEST_CASE("the beginning of a run and its end are paired by the run, everything else by itself", "[unit][notify]") {
    auto start = notice_of("run.started");
    auto end = notice_of("run.failed");
    end.id = NoticeId{id_text::parse_uuid("01932d3c-8a7b-7000-8000-000000000002").value()};
    REQUIRE(pairing_uuid(start) == "01932d3c-8a7b-7000-8000-000000000001");
    REQUIRE(pairing_uuid(start) == pairing_uuid(end));
    auto other = notice_of("batch.done");
    other.id = end.id;
    REQUIRE(pairing_uuid(other) == "01932d3c-8a7b-7000-8000-000000000002");
}

TEST_CASE("a run's exit status is told where it agrees with how the run ended", "[unit][notify]") {
    const auto told = [](const std::string& kind, const std::string& payload) {
        auto notice = notice_of(kind);
        notice.payload = payload;
        return exit_status_of(notice);
    };
    REQUIRE(told("run.done", R"({"exit_code": 0})") == 0);
    REQUIRE(told("run.partial", R"({"exit_code": 3})") == 3);
    REQUIRE(told("run.alarm", R"({"exit_code": 10})") == 10);
    REQUIRE(told("run.failed", R"({"exit_code": 143})") == 143);
    REQUIRE(told("run.failed", R"({"exit_code": 0})") == std::nullopt); // /0 would be taken for well
    REQUIRE(told("run.failed", R"({"exit_code": 256})") == std::nullopt);
    REQUIRE(told("run.failed", "{}") == std::nullopt);
    REQUIRE(told("run.started", R"({"exit_code": 0})") == std::nullopt);
    REQUIRE(told("break.opened", R"({"exit_code": 10})") == std::nullopt);
    REQUIRE(told("test", "{}") == std::nullopt);
}

TEST_CASE("notices of money say what to type next, with ids as people type them", "[unit][notify]") {
    const auto told = [](const std::string& kind) { return message_of(notice_of(kind), "en").text; };
    REQUIRE(told("payout.unknown").find("passa payout resume bat_01") != std::string::npos);
    REQUIRE(told("batch.waiting").find("passa payout approve bat_01") != std::string::npos);
    REQUIRE(told("settlement.done").find("passa settlement show set_01") != std::string::npos);
    REQUIRE(told("batch.waiting").find("payout(s), 60.00 KES") != std::string::npos); // made of a file: of no event
}
