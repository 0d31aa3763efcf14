// What calls of contracts would do, and what contracts told.
#include "lib/base/text.hpp"
#include "lib/stellar/rpc/fields.hpp"
#include "lib/stellar/rpc/parse.hpp"

#include <nlohmann/json.hpp>

namespace passa::stellar::rpc {
namespace {

Assembly read_assembly(const Fields& fields) {
    Assembly assembly{fields.must_text("transactionData"), fields.number("minResourceFee")};
    if (assembly.resource_fee < 0) throw Unreadable{"minResourceFee is negative"};
    return assembly;
}

Change read_change(const Fields& fields) {
    Change change{fields.must_text("key"), fields.text("before"), fields.text("after")};
    const auto type = fields.must_text("type");
    const bool fits = (type == "created" && change.before.empty() && !change.after.empty()) ||
                      (type == "updated" && !change.before.empty() && !change.after.empty()) ||
                      (type == "deleted" && !change.before.empty() && change.after.empty());
    if (!fits) throw Unreadable{"a change of state is none"};
    return change;
}

// The host's error ends in its log and in a backtrace of the server: the events tell the former, nobody needs the
// latter.
std::string first_words(const std::string& error) {
    return printable(std::string_view{error}.substr(0, error.find("\n\n")), k_longest_server_words);
}

Simulated read_simulated(const Fields& fields) {
    Simulated simulated;
    simulated.latest_ledger = fields.u32_or_zero("latestLedger");
    simulated.events = read_texts(fields, "events");
    if (fields.find("error") != nullptr) {
        simulated.error = first_words(fields.must_text("error"));
        return simulated;
    }
    simulated.assembly = read_assembly(fields);
    const auto& results = fields.list("results");
    if (results.size() > 1) throw Unreadable{"there are several results"};
    for (const auto& item : results) {
        const Fields result{item};
        simulated.auth = read_texts(result, "auth");
        simulated.value = result.must_text("xdr");
    }
    if (const auto* restore = fields.find("restorePreamble")) simulated.restore = read_assembly(Fields{*restore});
    for (const auto& item : fields.list("stateChanges")) simulated.changes.push_back(read_change(Fields{item}));
    return simulated;
}

Event read_event(const Fields& fields) {
    Event event;
    event.id = fields.must_text("id");
    event.type = printable(fields.must_text("type"), k_longest_server_words);
    event.contract = fields.text("contractId");
    event.ledger = fields.u32("ledger");
    event.transaction = fields.u32_or_zero("transactionIndex");
    event.operation = fields.u32_or_zero("operationIndex");
    event.hash = fields.must_text("txHash");
    event.topics = read_texts(fields, "topic");
    event.value = fields.must_text("value");
    return event;
}

} // namespace

Result<Simulated> parse_simulated(std::string_view body) { return parse(body, read_simulated); }

Result<EventPage> parse_events(std::string_view body) {
    return parse(body, [](const Fields& f) {
        EventPage page{{}, f.text("cursor"), f.u32("latestLedger"), f.u32_or_zero("oldestLedger")};
        for (const auto& item : f.list("events")) page.events.push_back(read_event(Fields{item}));
        return page;
    });
}

} // namespace passa::stellar::rpc
