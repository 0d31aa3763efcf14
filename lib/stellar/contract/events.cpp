// A page that is not full ends where the server stopped looking: at its newest ledger, or ten thousand further on.
#include "lib/stellar/contract/events.hpp"

#include "lib/base/text.hpp"
#include "lib/stellar/xdr/codec.hpp"
#include "lib/stellar/xdr/text_forms.hpp"

#include <algorithm>
#include <charconv>

namespace passa::stellar::contract {
namespace {

constexpr xdr::Limits k_event_limits{.bytes = std::size_t{1} << 20U, .items = 100'000, .depth = 200};
constexpr std::size_t k_id_digits = 19, k_event_digits = 10;

Problem unreadable(std::string message) {
    return {Kind::unavailable, "rpc.not_rpc", std::move(message), "ask another server"};
}

Result<xdr::ScVal> read_value(const std::string& base64) {
    auto value = xdr::decode_base64<xdr::ScVal>(base64, k_event_limits);
    if (!value)
        return unreadable(
            fmt::format("the server sent an event that cannot be read: {}", printable(value.problem().message)));
    return value;
}

// Where the next question begins: behind this one, and not behind what the server has. It may stand still where nothing
// is new. Places are compared as text: they are of one length.
Result<std::uint32_t> check_cursor(const rpc::EventPage& page, const rpc::EventQuestion& question) {
    auto ledger = ledger_of(page.cursor);
    if (!ledger) return ledger;
    if (ledger.value() == 0 || ledger.value() > page.latest_ledger || ledger.value() < question.from_ledger)
        return unreadable(fmt::format("the server's cursor is of ledger {}, and it has those up to {}", ledger.value(),
                                      page.latest_ledger));
    const bool stands_still = page.cursor == question.cursor && page.events.empty();
    if (page.cursor <= question.cursor && !stands_still) return unreadable("the server's cursor does not go forward");
    return ledger;
}

// Of what was asked for, each once, in their order.
Result<Done> check_events(const rpc::EventPage& page, const rpc::EventQuestion& question) {
    if (page.events.size() > question.limit)
        return unreadable(fmt::format("{} events came, and {} were asked for", page.events.size(), question.limit));
    std::string_view before = question.cursor;
    for (const auto& event : page.events) {
        const auto ledger = ledger_of(event.id);
        if (!ledger) return ledger.problems();
        const auto& wanted = question.contracts;
        if (event.id <= before || event.id > page.cursor || ledger.value() != event.ledger ||
            event.ledger < question.from_ledger || !parse_hex_fixed<32>(event.hash) ||
            (!wanted.empty() && std::find(wanted.begin(), wanted.end(), event.contract) == wanted.end()))
            return unreadable(
                fmt::format("the server sent an event that was not asked for: {}", printable(event.id, 60)));
        before = event.id;
    }
    return Done{};
}

} // namespace

Result<std::uint32_t> ledger_of(std::string_view place) {
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    const std::string digits{place.substr(0, k_id_digits)};
    std::uint64_t id = 0;
    if (place.size() == k_id_digits + 1 + k_event_digits && place[k_id_digits] == '-' &&
        static_cast<std::size_t>(std::count_if(place.begin(), place.end(), is_digit)) == place.size() - 1 &&
        std::from_chars(digits.data(), digits.data() + digits.size(), id).ec == std::errc{} && id >> 63U == 0)
        return static_cast<std::uint32_t>(id >> 32U);
    return unreadable(fmt::format("'{}' is no place of an event", printable(place, 60)));
}

Result<xdr::ContractEvent> read_event(const rpc::Event& event) {
    xdr::ContractEventV0 body;
    for (const auto& topic : event.topics) {
        auto value = read_value(topic);
        if (!value) return value.problems();
        body.topics.push_back(std::move(value).value());
    }
    auto data = read_value(event.value);
    if (!data) return data.problems();
    body.data = std::move(data).value();
    xdr::ContractEvent told;
    told.type = event.type == "system" ? xdr::ContractEventType::system : xdr::ContractEventType::contract;
    if (!event.contract.empty()) {
        if (!xdr::from_text(event.contract, told.contract_id.emplace()))
            return unreadable(fmt::format("'{}' is no contract", printable(event.contract, 60)));
    }
    told.body.select<0>() = std::move(body);
    return told;
}

Result<Stretch> hear(rpc::Client& client, rpc::EventQuestion& question) {
    auto page = client.get_events(question);
    if (!page) return page.problems();
    auto& answer = page.value();
    const auto ledger = check_cursor(answer, question);
    if (!ledger) return ledger.problems();
    if (const auto done = check_events(answer, question); !done) return done.problems();
    const bool is_full = answer.events.size() == question.limit;
    Stretch stretch{std::move(answer.events), answer.cursor, is_full ? ledger.value() - 1 : ledger.value(),
                    !is_full && (ledger.value() >= answer.latest_ledger || answer.cursor == question.cursor)};
    question.cursor = std::move(answer.cursor);
    question.from_ledger = 0;
    return stretch;
}

} // namespace passa::stellar::contract
