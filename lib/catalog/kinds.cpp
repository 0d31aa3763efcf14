// In the order of applying: what is referred to comes first.
#include "lib/catalog/kinds.hpp"

#include "lib/base/text.hpp"

#include <algorithm>

namespace passa::catalog {
namespace {

using manifest::Field;
using T = manifest::FieldType;

const Field k_effective_from{"effectiveFrom", T::instant, false,
                             "when this version begins to hold; default: from the beginning; once tickets were sold "
                             "under the rules it changes, a time to come is needed"};
const Field k_rate_from{"effectiveFrom", T::instant, false,
                        "when this version begins to hold; default: the first holds from the beginning, later ones "
                        "when applied; a later one cannot begin in the past"};
const Field k_limits_from{"effectiveFrom", T::instant, false,
                          "when this version begins to hold; default: when it is applied; only the first may begin in "
                          "the past"};

Field payout() {
    return {
        "payout",
        T::object,
        false,
        "where the money goes; without it the party is blocked, and stays payable",
        {},
        {{"rail", T::choice, true, "the way of payment", {"stellar", "mpesa", "bankfile", "anchor"}},
         {"address", T::text, true,
          "the destination on that rail: a Stellar address (G or M), a phone number, an account"},
         {"memo", T::text, false,
          "the memo that the destination asks for: a text of at most 28 bytes, id:NUMBER or hash:HEX"},
         {"asset", T::text, false, "the asset to be paid in: KES, XLM or CODE:ISSUER; default: the currency owed"}}};
}

std::vector<Field> party_fields() { return {{"title", T::text, true, "the name shown to people"}, payout()}; }

std::vector<manifest::ObjectKind> people_and_places() {
    return {
        {"Organizer",
         0,
         "Who runs the events and owes the money.",
         {{"title", T::text, true, "the name shown to people"}, {"zone", T::zone, true, "the zone of business days"}}},
        {"Asset",
         1,
         "A currency passa does not know by itself, or an asset issued on Stellar.",
         {{"code", T::text, true, "KES, or the code of the issued asset"},
          {"issuer", T::text, false, "the G address of the issuer; none: a currency"},
          {"scale", T::integer, true, "decimals of one unit; 7 for every asset on Stellar"}}},
        {"Network",
         1,
         "A Stellar network and its RPC servers.",
         {{"passphrase", T::text, true, "the network's passphrase: signatures hold only there"},
          {"endpoints", T::list, true, "URLs of RPC servers, first choice first"},
          {"friendbot", T::text, false, "where test accounts are funded"}}},
        {"Venue",
         2,
         "A place.",
         {{"title", T::text, true, "the name shown to people"},
          {"city", T::text, false, "where it is"},
          {"country", T::text, false, "ISO 3166 code"}}},
        {"Party", 3, "Somebody who is owed money.", party_fields()},
        {"Creator", 3, "Somebody whose promo codes bring sales, and who earns commissions.", party_fields()},
    };
}

manifest::ObjectKind event() {
    return {"Event",
            4,
            "An event and its tiers.",
            {{"title", T::text, true, "the name shown to people"},
             {"venue", T::name, false, "a Venue"},
             {"zone", T::zone, true, "local times of exports are of this zone"},
             {"currency", T::text, true, "the currency sold in: KES"},
             {"starts", T::instant, true, "the beginning"},
             {"ends", T::instant, true, "the end"},
             {"oversell",
              T::choice,
              false,
              "sales over capacity in an import: refuse them, or record them with an audit row",
              {"reject", "record"}},
             {"tiers",
              T::list,
              true,
              "the kinds of ticket",
              {},
              {{"name", T::name, true, "the tier's name"},
               {"title", T::text, true, "as printed"},
               {"price", T::amount, true, "the face price"},
               {"capacity", T::integer, false, "how many there are; none: unlimited"},
               {"saleFrom", T::instant, false, "the sale begins; an import books earlier sales and counts them"},
               {"saleUntil", T::instant, false, "the sale ends; an import books later sales and counts them"},
               {"aliases", T::list, false, "other names under which exports know it"}}}}};
}

manifest::ObjectKind split_plan() {
    return {
        "SplitPlan",
        10, // it may name a Contract and a Treasury
        "Who gets which share. Frozen at its first sale: a change is a new version for later sales.",
        {{"event", T::name, true, "the Event"},
         {"tiers", T::list, false, "only sales of these tiers; none: the event's default plan"},
         {"basis",
          T::choice,
          false,
          "net (default): shares of gross less tax and fees; gross: of gross less tax, feesFrom bears the fees",
          {"net", "gross"}},
         {"feesFrom", T::name, false, "with basis gross: the party that bears the fees"},
         {"commissionFrom", T::name, false, "the party whose share pays commissions; none: off the top, before shares"},
         {"shares",
          T::list,
          true,
          "must add up to 100 %",
          {},
          {{"party", T::name, true, "a Party or Creator"}, {"share", T::rate, true, "such as 33.33%"}}},
         {"onchain",
          T::object,
          false,
          "a contract holds the money and pays it out (event_revenue): passa escrow pay. For good, until it is "
          "released",
          {},
          {{"contract", T::name, true, "the Contract; it serves this plan alone"},
           {"treasury", T::name, true,
            "the Treasury that deposits: on the contract's network, in the event's currency. The contract's organizer "
            "address is its account"}}},
         k_effective_from}};
}

manifest::ObjectKind campaign() {
    return {"Campaign",
            6,
            "Promo codes and the commission they earn.",
            {{"event", T::name, true, "the Event"},
             {"commission", T::rate, true, "of the price after discount, without tax and fees"},
             {"cap", T::amount, false, "the most that one creator can earn"},
             {"codes",
              T::list,
              true,
              "who is credited for which code",
              {},
              {{"code", T::text, true, "as typed by buyers; upper and lower case are the same"},
               {"creator", T::name, true, "a Creator"},
               {"validFrom", T::instant, false, "credits sales from then on"},
               {"validUntil", T::instant, false, "credits sales before then"}}},
             k_effective_from}};
}

std::vector<manifest::ObjectKind> paying() {
    return {
        {"ExchangeRate",
         7,
         "How many units of one asset one unit of another buys.",
         {{"from", T::text, true, "the asset owed"},
          {"to", T::text, true, "the asset paid"},
          {"rate", T::decimal, true, "one unit of from buys this many of to"},
          {"source", T::text, true, "where the rate is from"},
          k_rate_from}},
        {"Treasury",
         8,
         "An account that payouts are made from.",
         {{"rail", T::choice, true, "its rail", {"stellar", "mpesa", "bankfile", "anchor"}},
          {"network", T::name, false, "on Stellar: a Network or a built-in one"},
          {"address", T::text, true, "the account: on Stellar a G address"},
          {"key", T::name, false, "the name of its key in the keystore"},
          {"asset", T::text, true, "the asset it pays in"},
          {"policy", T::name, false, "the PayoutPolicy that judges its payouts; default: the only one"},
          {"fundedFrom", T::list, false,
           "addresses whose payments to it are your own money; others wait in suspense"}}},
        {"PayoutPolicy",
         7,
         "Limits of payouts, and whether the maker may approve.",
         {{"singlePerson", T::boolean, false, "true: whoever made a batch may approve it; default false"},
          {"approvalValidFor", T::duration, false,
           "how long an approval holds: what is not sent by then is approved again; default 7d"},
          {"approvers", T::list, false, "who may approve, as PASSA_ACTOR has it; none: anybody but the maker"},
          {"approvals",
           T::list,
           false,
           "how many must agree to a batch, by what it comes to; default: one",
           {},
           {{"from", T::amount, true, "batches of so much and more"},
            {"persons", T::integer, true, "how many different people, 1 to 9"}}},
          {"limits",
           T::list,
           false,
           "per asset; the amounts name it",
           {},
           {{"asset", T::text, true, "the asset"},
            {"minimum", T::amount, false, "less is carried forward"},
            {"perPayout", T::amount, false, "more is blocked"},
            {"perBatch", T::amount, false, "a batch over it is refused"},
            {"perDay", T::amount, false, "a batch that would exceed it is refused"}}},
          k_limits_from}},
    };
}

manifest::ObjectKind job() {
    return {
        "Job",
        9,
        "A job that runs by itself, once for each period of its schedule.",
        {{"job",
          T::choice,
          true,
          "what is done: passa job list",
          {"chain-sync", "contract-keep", "contract-send", "escrow-pay", "housekeeping", "import-watch", "ledger-check",
           "payout", "reconcile", "settle"}},
         {"schedule", T::schedule, true,
          "when: every 15m (5m to 12h, a part of an hour, or hours of a day, counted from midnight UTC), daily at "
          "03:00 or weekly on "
          "monday at 03:00, of the organizer's zone; a period ends then, and the next one begins"},
         {"event", T::name, false, "import-watch: the Event; settle, payout: only this one"},
         {"treasury", T::name, false, "reconcile: only this Treasury"},
         {"folder", T::text, false,
          "import-watch: where exports arrive, an absolute path; files are read, never touched"},
         {"profile", T::name, false, "import-watch: how they are read: passa sale profiles"},
         {"quietFor", T::duration, false,
          "import-watch: a file is taken when nothing of it has changed for so long; default 1m"},
         {"maxRefused", T::integer, false,
          "import-watch: a file with more refused rows is not booked at all; default: what is not refused is booked"},
         {"keepFor", T::duration, false,
          "housekeeping: how long delivered notices, and runs that ended well, are kept; at least 30d; default 90d"},
         {"copyEvery", T::duration, false,
          "housekeeping: a copy of the whole database is made when the newest is older; default: none is made"},
         {"copyTo", T::text, false,
          "housekeeping: the folder that the copies go to, an absolute path, as passa db backup writes them; default: "
          "base copies, into the private database's archive"},
         {"copyKey", T::name, false, "housekeeping: the key that opens the copies in copyTo"},
         {"copies", T::integer, false, "housekeeping: how many copies are kept, the newest; default: all of them"},
         {"network", T::name, false,
          "payout, contract-keep, contract-send, escrow-pay: the network that money may move on; what is on others is "
          "left alone"},
         {"timeout", T::duration, false,
          "a call that works for so long stops after the item at hand, and the next one goes on; default: no limit"},
         {"itemsPerMinute", T::integer, false,
          "how many items may begin in a minute, one behind the other; default: as fast as they come"},
         {"maxCatchup", T::integer, false, "how many missed periods one call makes up for, oldest first; default 7"}}};
}

manifest::ObjectKind notice_channel() {
    return {
        "NoticeChannel",
        9,
        "Where passa tells what happened, by mail, a signed webhook or a ping.",
        {{"type", T::choice, true, "the way it goes", {"email", "webhook", "ping"}},
         {"tell", T::list, false,
          "what is told: run.started, run.done, run.partial, run.failed, run.alarm (done, but look at it), "
          "break.opened, "
          "settlement.done, batch.waiting (for approval), batch.done, payout.unknown (though its time is over), "
          "unit.failed (of systemd); "
          "default: what needs a person, which is run.partial, run.failed, run.alarm, break.opened, batch.waiting, "
          "payout.unknown, unit.failed; of a ping, the ends of runs"},
         {"jobs", T::list, false, "only what happens in these jobs; default: in any"},
         {"language", T::choice, false, "of the text; default en", {"en", "sw"}},
         {"url", T::text, false, "of a webhook or ping; where a ping's is secret, write it into its credential"},
         {"credential", T::name, false,
          "the name of a file in credentials/ of passa's folder, or of a systemd credential: the webhook's secrets "
          "(whsec_...), one a line, the mail server's password, or the ping's URL"},
         {"exitStatus", T::boolean, false,
          "of a ping: true: how a run ended is told by its exit status behind the address (/0 is well, /1 to /255 are "
          "not) instead of by /fail, for a service that takes both; default false"},
         {"server", T::text, false, "of email: HOST:PORT"},
         {"tls",
          T::choice,
          false,
          "of email: starttls (default), implicit, or none, which is for a server on this machine",
          {"starttls", "implicit", "none"}},
         {"caFile", T::name, false,
          "of email: the name of a file beside the credential, with the certificates (PEM) that the server's must be "
          "signed by; default: those that this machine trusts"},
         {"username", T::text, false, "of email: to log in with"},
         {"from", T::text, false, "of email: the sender's address"},
         {"to", T::list, false, "of email: the recipients' addresses"},
         {"privateAddresses", T::boolean, false, "true: the receiver may be inside your own network; default false"}}};
}

manifest::ObjectKind contract() {
    return {"Contract",
            9,
            "A contract on a Stellar network: your own, deployed from its Wasm by passa contract apply, or one that is "
            "there already.",
            {{"network", T::name, true, "a Network or a built-in one"},
             {"wasm", T::text, false, "the file with its code, from the folder that passa contract apply is run in"},
             {"sha256", T::text, false, "of that file, in hex: another one is never deployed"},
             {"key", T::name, false,
              "the deployer: the name of a key in the keystore. It pays, and the contract's id follows from it"},
             {"salt", T::text, false,
              "tells two contracts of one deployer apart; default: the organizer's and the contract's name"},
             {"arguments", T::values, false, "of its constructor, by name: passa contract show FILE"},
             {"address", T::text, false, "C...: somebody else's contract"},
             {"asset", T::text, false,
              "CODE:ISSUER or XLM: the contract that speaks for this asset; with key: created if nobody has yet"},
             {"keep",
              T::object,
              false,
              "its rent is paid ahead by the job contract-keep",
              {},
              {{"key", T::name, false, "who pays: a key in the keystore; default: the deployer's"},
               {"atLeast", T::duration, false, "paid again when less than this is left; default 14d"},
               {"extendTo", T::duration, false, "from then on; at most 180d; default 60d"},
               {"maxFee", T::text, false, "the most that one run may pay for it, in XLM; default 5"}}},
             {"keepEvents", T::boolean, false,
              "whether the job chain-sync keeps what it tells; default: true with wasm, else false"},
             {"anchors", T::list, false,
              "Events whose settlements it keeps the roots of (contracts/attribution): each is queued with its "
              "settlement, and sent by the job contract-send"}}};
}

std::vector<manifest::ObjectKind> make_kinds() {
    auto all = people_and_places();
    for (const auto& rules : {std::vector{event(), split_plan(), campaign()}, paying(), std::vector{notice_channel()}})
        all.insert(all.end(), rules.begin(), rules.end());
    all.push_back(contract());
    all.push_back(job());
    return all;
}

} // namespace

std::span<const manifest::ObjectKind> kinds() {
    static const auto all = make_kinds();
    return all;
}

const manifest::ObjectKind* find_kind(std::string_view name) {
    const auto all = kinds();
    const auto it =
        std::find_if(all.begin(), all.end(), [&](const auto& kind) { return equals_ignoring_case(kind.name, name); });
    return it == all.end() ? nullptr : &*it;
}

} // namespace passa::catalog
