// passa contract events: what a contract told, in the terms of its own interface.
#include "cli/contract/place.hpp"
#include "lib/base/text.hpp"
#include "lib/stellar/contract/told.hpp"
#include "lib/stellar/xdr/codec.hpp"
#include "lib/stellar/xdr/text_forms.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace passa::cli::contract_events {

namespace rpc = stellar::rpc;
namespace soroban = stellar::contract;
namespace xdr = stellar::xdr;

struct Args {
    std::string contract;
    std::optional<std::int64_t> from;
    std::optional<std::string> after;
    std::optional<RowLimit> limit;
    std::optional<std::string> network;
};

constexpr std::size_t k_page = 200;
constexpr std::int64_t k_usual_past = 17'280; // ledgers: a day
constexpr xdr::Limits k_limits{.bytes = std::size_t{1} << 20U, .items = 100'000, .depth = 200};

xdr::ScVal read_value(const std::string& base64) {
    auto value = xdr::decode_base64<xdr::ScVal>(base64, k_limits);
    if (!value)
        throw Error{
            {Kind::unavailable, "rpc.not_rpc",
             fmt::format("the server sent an event that cannot be read: {}", printable(value.problem().message)),
             "ask another server"}};
    return std::move(value).value();
}

out::Record record_of(const soroban::Spec& spec, const rpc::Event& event) {
    xdr::ContractEventV0 body;
    for (const auto& topic : event.topics) body.topics.push_back(read_value(topic));
    body.data = read_value(event.value);
    return {{"id", printable(event.id, 60)},
            {"ledger", std::int64_t{event.ledger}},
            {"transaction", printable(event.hash, 64)},
            {"event", out::JsonText{soroban::event_json(spec, body).dump(-1, ' ', true)}}};
}

rpc::EventQuestion first_question(rpc::Client& client, const contract::Place& place, const Args& args) {
    rpc::EventQuestion question;
    question.contracts = {xdr::to_text(place.id)};
    question.limit = k_page;
    if (args.after) {
        question.cursor = *args.after;
        return question;
    }
    const auto health = client.get_health().value_or_throw();
    const std::int64_t oldest = health.oldest_ledger, latest = health.latest_ledger;
    const auto from = args.from.value_or(std::max(oldest, latest - k_usual_past));
    if (from < oldest || from > latest)
        throw Error{{Kind::usage, "contract.from",
                     fmt::format("the server has the events of ledgers {} to {}, not of {}", oldest, latest, from),
                     fmt::format("write --from with {} to {}; an archive has the older ones", oldest, latest)}};
    question.from_ledger = static_cast<std::uint32_t>(from);
    return question;
}

ExitCode run(Context& ctx, const Args& args) {
    const auto place = contract::find_place(ctx, args.contract, args.network);
    const auto client = ctx.make_rpc(place.network);
    const auto told = contract::get_on_chain(*client, place);
    auto question = first_question(*client, place, args);
    const auto most = static_cast<std::size_t>(args.limit ? args.limit->rows : 100);
    out::Records records;
    for (bool more = true; more && records.size() < most;) {
        const auto page = client->get_events(question).value_or_throw();
        for (const auto& event : page.events)
            if (records.size() < most) records.push_back(record_of(told.spec, event));
        // An empty page says only that the ledgers looked through held none: the cursor tells how far that was.
        more = !page.cursor.empty() && page.cursor != question.cursor && !page.events.empty();
        question.cursor = page.cursor;
    }
    ctx.list({{"ledger", "ledger"}, {"event", "event"}, {"transaction", "transaction"}, {"id", "id"}}, records);
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "contract events",
    .summary = "List what a contract told",
    .details = "Servers keep events for about a week. Without --from the last day is shown; --after goes on behind an "
               "event, so that a script that keeps the last id sees each one once.",
    .options = {positional("CONTRACT", &Args::contract, "A Contract's name or an address"),
                option("from", &Args::from, "LEDGER", "The first ledger to look in"),
                option("after", &Args::after, "ID", "Only what came behind this event"),
                option("limit", &Args::limit, "N", "How many at most; default: 100"),
                option("network", &Args::network, "NAME", "The network of an address (also: PASSA_NETWORK)")},
    .examples = {{"passa contract events festival-money --format jsonl", "one event a line"}},
    .exits = {{ExitCode::busy, "no server can be reached"}},
    .run = runner(run),
};

} // namespace passa::cli::contract_events
