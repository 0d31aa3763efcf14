// One reader of fields, and below it one function a method.
#include "lib/stellar/rpc/parse.hpp"

#include "lib/base/text.hpp"

#include <nlohmann/json.hpp>

#include <charconv>
#include <limits>

namespace passa::stellar::rpc {
namespace {

using Json = nlohmann::json;

constexpr std::size_t k_longest_server_words = 300;

// Thrown and caught within this file: the first field that is not as it must be.
struct Unreadable {
    std::string what;
};

Problem not_rpc(const std::string& why) {
    return {Kind::unavailable, "rpc.not_rpc", fmt::format("the server's answer cannot be read: {}", why),
            "check that the URL is that of a Stellar RPC server"};
}

bool is_too_deep(std::string_view text) { // before the parser sees it
    int depth = 0;
    bool in_text = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (in_text && c == '\\') {
            ++i;
        } else if (c == '"') {
            in_text = !in_text;
        } else if (!in_text && (c == '{' || c == '[')) {
            if (++depth > k_deepest) return true;
        } else if (!in_text && (c == '}' || c == ']')) {
            --depth;
        }
    }
    return false;
}

class Fields {
public:
    explicit Fields(const Json& json) : m_json(json) {
        if (!json.is_object()) throw Unreadable{"an object is missing"};
    }

    [[nodiscard]] const Json* find(const char* name) const {
        const auto it = m_json.find(name);
        return it == m_json.end() || it->is_null() ? nullptr : &*it;
    }
    [[nodiscard]] std::string text(const char* name) const {
        const auto* value = find(name);
        if (value == nullptr) return {};
        if (!value->is_string()) throw Unreadable{fmt::format("{} is not text", name)};
        return value->get<std::string>();
    }
    [[nodiscard]] std::string must_text(const char* name) const {
        auto value = text(name);
        if (value.empty()) throw Unreadable{fmt::format("{} is missing", name)};
        return value;
    }
    [[nodiscard]] std::optional<std::int64_t> find_number(const char* name) const {
        const auto* value = find(name);
        if (value == nullptr) return std::nullopt;
        if (value->is_number_unsigned() && value->get<std::uint64_t>() > std::numeric_limits<std::int64_t>::max())
            throw Unreadable{fmt::format("{} is out of range", name)};
        if (value->is_number_integer()) return value->get<std::int64_t>();
        if (value->is_string()) return from_text(name, value->get_ref<const std::string&>());
        throw Unreadable{fmt::format("{} is not a whole number", name)};
    }
    [[nodiscard]] std::int64_t number(const char* name) const {
        const auto value = find_number(name);
        if (!value) throw Unreadable{fmt::format("{} is missing", name)};
        return *value;
    }
    [[nodiscard]] std::uint32_t u32(const char* name) const {
        const auto value = number(name);
        if (value < 0 || value > std::numeric_limits<std::uint32_t>::max())
            throw Unreadable{fmt::format("{} is out of range", name)};
        return static_cast<std::uint32_t>(value);
    }
    [[nodiscard]] std::uint32_t u32_or_zero(const char* name) const { return find(name) == nullptr ? 0 : u32(name); }
    [[nodiscard]] std::optional<Instant> find_second(const char* name) const {
        const auto value = find_number(name);
        if (!value) return std::nullopt;
        if (*value < 0 || *value > 253'402'300'799) throw Unreadable{fmt::format("{} is no time", name)}; // year 9999
        return Instant{std::chrono::seconds{*value}};
    }
    [[nodiscard]] Instant second(const char* name) const {
        const auto value = find_second(name);
        if (!value) throw Unreadable{fmt::format("{} is missing", name)};
        return *value;
    }
    [[nodiscard]] bool flag(const char* name) const {
        const auto* value = find(name);
        if (value != nullptr && !value->is_boolean()) throw Unreadable{fmt::format("{} is not true or false", name)};
        return value != nullptr && value->get<bool>();
    }
    [[nodiscard]] const Json& list(const char* name) const {
        static const Json k_none = Json::array();
        const auto* value = find(name);
        if (value != nullptr && !value->is_array()) throw Unreadable{fmt::format("{} is not a list", name)};
        return value == nullptr ? k_none : *value;
    }

private:
    static std::int64_t from_text(const char* name, const std::string& text) {
        std::int64_t value = 0;
        const auto* end = text.data() + text.size();
        const auto done = std::from_chars(text.data(), end, value);
        if (done.ec != std::errc{} || done.ptr != end) throw Unreadable{fmt::format("{} is not a whole number", name)};
        return value;
    }
    const Json& m_json;
};

Problem problem_of(const Json& error) {
    const Fields fields{error};
    const auto number = fields.number("code");
    const auto words = printable(fields.text("message"), k_longest_server_words);
    const auto make = [&](Kind kind, const char* code, const char* who) {
        Problem problem{kind, code, fmt::format("{}: {} ({})", who, words, number), ""};
        problem.facts.emplace_back("rpc_code", std::to_string(number));
        return problem;
    };
    switch (number) {
    case -32600:
    case -32602: return make(Kind::failed, "rpc.refused", "the server refuses the question");
    case -32601: return make(Kind::failed, "rpc.no_method", "the server does not know the method");
    case -32603:
    case -32003: return make(Kind::unavailable, "rpc.failed", "the server failed");
    case -32001: return make(Kind::unavailable, "rpc.timeout", "the server took too long");
    default: return make(Kind::busy, "rpc.busy", "the server is busy");
    }
}

// The one way in: limits, JSON, JSON-RPC, then the method's own fields.
template <typename Read>
auto parse(std::string_view body, Read read) -> Result<decltype(read(std::declval<const Fields&>()))> {
    if (is_too_deep(body)) return not_rpc(fmt::format("it nests deeper than {} levels", k_deepest));
    const auto json = Json::parse(body.begin(), body.end(), nullptr, false);
    if (json.is_discarded()) return not_rpc("it is not JSON");
    try {
        const Fields answer{json};
        if (const auto* error = answer.find("error")) return problem_of(*error);
        const auto* result = answer.find("result");
        if (result == nullptr) return not_rpc("it is not JSON-RPC");
        return read(Fields{*result});
    } catch (const Unreadable& unreadable) { // ours, from Fields
        return not_rpc(unreadable.what);
    }
}

Fees read_fees(const Fields& fields) {
    return {fields.number("max"), fields.number("min"), fields.number("mode"), fields.number("p50"),
            fields.number("p90"), fields.number("p95"), fields.number("p99"),  fields.number("transactionCount")};
}

History read_history(const Fields& fields) { // two spellings of the times, by method
    const bool stamped = fields.find("latestLedgerCloseTimestamp") != nullptr;
    return {fields.u32("latestLedger"), fields.u32("oldestLedger"),
            fields.second(stamped ? "latestLedgerCloseTimestamp" : "latestLedgerCloseTime"),
            fields.second(stamped ? "oldestLedgerCloseTimestamp" : "oldestLedgerCloseTime")};
}

Transaction read_transaction(const Fields& fields) {
    Transaction transaction;
    const auto status = fields.must_text("status");
    transaction.hash = fields.text("txHash");
    if (status == "NOT_FOUND") return transaction;
    if (status != "SUCCESS" && status != "FAILED") throw Unreadable{"the status is unknown"};
    transaction.status = status == "SUCCESS" ? Status::success : Status::failed;
    transaction.ledger = fields.u32("ledger");
    transaction.order = fields.u32_or_zero("applicationOrder");
    transaction.closed_at = fields.second("createdAt");
    transaction.fee_bump = fields.flag("feeBump");
    transaction.envelope = fields.text("envelopeXdr");
    transaction.result = fields.text("resultXdr");
    transaction.meta = fields.text("resultMetaXdr");
    return transaction;
}

std::string read_cursor(const Fields& fields) { // text here, a number there
    const auto* cursor = fields.find("cursor");
    return cursor != nullptr && cursor->is_number_unsigned() ? std::to_string(cursor->get<std::uint64_t>())
                                                             : fields.text("cursor");
}

std::vector<std::string> read_texts(const Fields& fields, const char* name) {
    std::vector<std::string> texts;
    for (const auto& item : fields.list(name)) {
        if (!item.is_string()) throw Unreadable{fmt::format("{} does not hold text", name)};
        texts.push_back(item.get<std::string>());
    }
    return texts;
}

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

Result<Health> parse_health(std::string_view body) {
    return parse(body, [](const Fields& f) {
        return Health{f.must_text("status"), f.u32("latestLedger"), f.u32("oldestLedger"),
                      f.find_second("latestLedgerCloseTime"), f.find_number("ledgerRetentionWindow").value_or(0)};
    });
}

Result<Network> parse_network(std::string_view body) {
    return parse(body, [](const Fields& f) {
        return Network{f.must_text("passphrase"), f.text("friendbotUrl"), f.u32("protocolVersion")};
    });
}

Result<LatestLedger> parse_latest_ledger(std::string_view body) {
    return parse(body, [](const Fields& f) {
        return LatestLedger{f.text("id"), f.u32("sequence"), f.u32("protocolVersion"), f.find_second("closeTime"),
                            f.text("headerXdr")};
    });
}

Result<FeeStats> parse_fee_stats(std::string_view body) {
    return parse(body, [](const Fields& f) {
        const auto part = [&](const char* name) {
            const auto* fees = f.find(name);
            if (fees == nullptr) throw Unreadable{fmt::format("{} is missing", name)};
            return read_fees(Fields{*fees});
        };
        return FeeStats{part("inclusionFee"), part("sorobanInclusionFee"), f.u32("latestLedger")};
    });
}

Result<Entries> parse_entries(std::string_view body) {
    return parse(body, [](const Fields& f) {
        Entries entries{{}, f.u32("latestLedger")};
        for (const auto& item : f.list("entries")) {
            const Fields entry{item};
            std::optional<std::uint32_t> live_until;
            if (entry.find("liveUntilLedgerSeq") != nullptr) live_until = entry.u32("liveUntilLedgerSeq");
            entries.found.push_back({entry.must_text("key"), entry.must_text("xdr"),
                                     entry.u32_or_zero("lastModifiedLedgerSeq"), live_until});
        }
        return entries;
    });
}

Result<TransactionAnswer> parse_transaction(std::string_view body) {
    return parse(body, [](const Fields& f) { return TransactionAnswer{read_transaction(f), read_history(f)}; });
}

Result<TransactionPage> parse_transactions(std::string_view body) {
    return parse(body, [](const Fields& f) {
        TransactionPage page{{}, read_history(f), read_cursor(f)};
        for (const auto& item : f.list("transactions")) page.transactions.push_back(read_transaction(Fields{item}));
        return page;
    });
}

Result<Sent> parse_sent(std::string_view body) {
    return parse(body, [](const Fields& f) {
        static const std::map<std::string, SendStatus> k_statuses{{"PENDING", SendStatus::pending},
                                                                  {"DUPLICATE", SendStatus::duplicate},
                                                                  {"TRY_AGAIN_LATER", SendStatus::try_again_later},
                                                                  {"ERROR", SendStatus::error}};
        const auto status = k_statuses.find(f.must_text("status"));
        if (status == k_statuses.end()) throw Unreadable{"the status is unknown"};
        return Sent{status->second, f.text("hash"), f.u32("latestLedger"), f.second("latestLedgerCloseTime"),
                    f.text("errorResultXdr")};
    });
}

Result<LedgerPage> parse_ledgers(std::string_view body) {
    return parse(body, [](const Fields& f) {
        LedgerPage page{{}, read_history(f), read_cursor(f)};
        for (const auto& item : f.list("ledgers")) {
            const Fields ledger{item};
            page.ledgers.push_back({ledger.must_text("hash"), ledger.u32("sequence"), ledger.second("ledgerCloseTime"),
                                    ledger.text("headerXdr"), ledger.text("metadataXdr")});
        }
        return page;
    });
}

Result<Simulated> parse_simulated(std::string_view body) { return parse(body, read_simulated); }

Result<EventPage> parse_events(std::string_view body) {
    return parse(body, [](const Fields& f) {
        EventPage page{{}, f.text("cursor"), f.u32("latestLedger"), f.u32_or_zero("oldestLedger")};
        for (const auto& item : f.list("events")) page.events.push_back(read_event(Fields{item}));
        return page;
    });
}

} // namespace passa::stellar::rpc
