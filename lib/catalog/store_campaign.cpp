// Campaigns: terms are versions, codes belong to one creator for good. Once a ticket was sold, terms and windows of
// codes change only from now on: a late file earns what its day promised.
#include "catalog_sql.hpp"
#include "lib/catalog/rules.hpp"
#include "lib/catalog/store.hpp"

#include <algorithm>
#include <set>

namespace passa::catalog {
namespace {

struct Campaign {
    IdBytes event{};
    IdBytes id{};
    std::string name;
};

struct Code {
    const Spec& spec;
    IdBytes event{};
    IdBytes campaign{};
    IdBytes creator{};
    std::string text;
};

void refuse_past(Store& store, const Code& code, std::string_view key) {
    code.spec.refuse(store, key,
                     {Kind::refused, "campaign.code_frozen",
                      fmt::format("tickets were sold with code {}: its past cannot change", code.text),
                      fmt::format("write a {} that is still to come, or leave it out", key)});
}

// False, with a problem: such a code would credit nobody, ever.
bool is_window(Store& store, const Code& code, Instant from, Instant until) {
    if (from < until) return true;
    code.spec.refuse(
        store, "validUntil",
        {Kind::invalid_input, "campaign.window_empty",
         fmt::format("code {} would end at {}, before it begins at {}", code.text, to_text(until), to_text(from)),
         "write a validUntil that is later than validFrom, or leave one of them out"});
    return false;
}

// The window of this code that is not over, as the manifest wants it now.
void move_window(Store& store, const Code& code, const db::Row& window) {
    const auto was_from = window.get<Instant>("valid_from");
    const auto from = code.spec.find_instant("validFrom").value_or(was_from);
    const auto until = code.spec.find_instant("validUntil").value_or(Instant::max());
    if (from != was_from && std::min(from, was_from) < store.now) return refuse_past(store, code, "validFrom");
    if (until != window.get<Instant>("valid_until") && until < store.now) return refuse_past(store, code, "validUntil");
    if (!is_window(store, code, from, until)) return;
    store.tx.run(sql::move_code, store.organizer, code.event, code.text, was_from, from, until);
}

void open_window(Store& store, const Code& code, Instant from) {
    const auto until = code.spec.find_instant("validUntil").value_or(Instant::max());
    if (is_window(store, code, from, until))
        store.tx.run(sql::insert_code, store.organizer, code.event, code.text, code.campaign, code.creator, from,
                     until);
}

using Codes = std::set<std::string, std::less<>>;

Codes load_sold_codes(Store& store, const IdBytes& event, const std::vector<std::string>& codes) {
    Codes sold;
    for (const auto& row : store.tx.run(sql::load_sold_codes, store.organizer, event, codes))
        sold.insert(row.get<std::string>("code"));
    return sold;
}

void store_code(Store& store, const Spec& spec, const Campaign& of, const Codes& sold) {
    const auto creator = find_reference(store, spec, "creator", "Creator");
    if (!creator) return;
    const Code code{spec, of.event, of.id, *creator, normal_code(spec.text("code"))};
    const auto taken = [&](const db::Row& row, std::string_view owner, std::string hint) {
        spec.refuse(store, "code",
                    {Kind::refused, "campaign.code_taken",
                     fmt::format("code {} belongs to {}", code.text, row.get<std::string>(owner)), std::move(hint)});
    };
    std::optional<db::Row> mine;
    const auto windows = store.tx.run(sql::load_code, store.organizer, of.event, code.text);
    for (const auto& row : windows) {
        if (row.get<IdBytes>("creator_id") != *creator)
            return taken(row, "creator_name", "choose another code: past sales keep their creator");
        if (row.get<Instant>("valid_until") <= std::max(store.now, row.get<Instant>("valid_from")))
            continue; // over, or never open
        if (row.get<IdBytes>("campaign_id") != of.id)
            return taken(row, "campaign_name", "take it out of that campaign first");
        mine = row;
    }
    const auto from = spec.find_instant("validFrom");
    if (!sold.contains(code.text)) {
        store.tx.run(sql::delete_code, store.organizer, of.event, code.text);
        open_window(store, code, from.value_or(Instant::min()));
    } else if (mine) {
        move_window(store, code, *mine);
    } else if (from && *from < store.now) {
        refuse_past(store, code, "validFrom");
    } else {
        open_window(store, code, from.value_or(store.now));
    }
}

// What a manifest says of commissions, and since when.
struct Terms {
    int rate_ppm = 0;
    std::optional<money::Int128> cap;
    std::optional<Instant> effective;

    [[nodiscard]] bool same(const db::Row& row) const {
        return row.get<int>("rate_ppm") == rate_ppm && row.get<std::optional<money::Int128>>("cap_minor") == cap;
    }
    [[nodiscard]] bool same_since(const db::Row& row) const {
        return !effective || row.get<Instant>("effective_from") == *effective;
    }
};

// The time of the version to store; nullopt: what is stored says it already. A problem when it would change the past.
std::optional<Instant> next_version(Store& store, const Spec& spec, const Campaign& of, const Terms& terms) {
    const auto last = store.tx.run(sql::find_last_terms, store.organizer, of.event, of.id).find();
    const auto from = terms.effective.value_or(Instant::min());
    if (!last || !last->get<bool>("sold")) {
        const bool stored = last && terms.same(*last) && last->get<Instant>("effective_from") == from;
        return stored ? std::nullopt : std::optional{from};
    }
    const auto now = store.tx.run(sql::find_terms_in_force, store.organizer, of.event, of.id, store.now).find();
    if (now && terms.same(*now) && terms.same_since(*now)) // what was planned, if anything, is called off
        return now->get<bool>("pending") ? std::optional{store.now} : std::nullopt;
    if (terms.effective && terms.same(*last) && terms.same_since(*last)) return std::nullopt;
    if (from > store.now) return from;
    spec.refuse(store, terms.effective ? "effectiveFrom" : "commission",
                {Kind::refused, "campaign.frozen",
                 fmt::format("campaign {} has earned commissions: its terms are frozen", of.name),
                 fmt::format("add a time to come, such as effectiveFrom: {}; the change then holds for later sales",
                             to_text(soon(store)))});
    return std::nullopt;
}

void refuse_moved_credit(Store& store, const Spec& spec, const Campaign& of) {
    const auto moved = store.tx.run(sql::find_moved_credit, store.organizer, of.event, of.id).find();
    if (!moved) return;
    spec.refuse(
        store, "codes",
        {Kind::refused, "campaign.frozen",
         fmt::format("a ticket sold with code {} at {} would be credited otherwise", moved->get<std::string>("code"),
                     to_text(moved->get<Instant>("occurred_at"))),
         fmt::format("let the change begin later, with a time such as effectiveFrom: {}, or validFrom of a code",
                     to_text(soon(store)))});
}

} // namespace

void store_campaign(Store& store, const manifest::Manifest& manifest, const IdBytes& id) {
    const Spec spec{manifest};
    const auto event = find_reference(store, spec, "event", "Event");
    const auto cap = spec.find_amount(store, "cap");
    if (!event || !store.problems.empty()) {
        for (const auto& code : spec.objects("codes"))
            find_reference(store, code, "creator", "Creator"); // told as well
        return;
    }
    const auto of = store.tx.run(sql::find_campaign_event, store.organizer, id).find();
    if (of && of->get<IdBytes>("id") != *event)
        return spec.refuse(
            store, "event",
            {Kind::refused, "campaign.event_fixed",
             fmt::format("campaign {} is of event {}: that cannot change", manifest.name, of->get<std::string>("name")),
             "put it back, and give the other event a campaign of its own name"});
    const auto currency =
        store.tx.run(sql::find_event_currency, store.organizer, *event).one().get<std::string>("currency_id");
    if (cap && cap->asset().id != currency)
        return spec.refuse(store, "cap",
                           {Kind::invalid_input, "campaign.cap_currency",
                            fmt::format("the cap is in {}, the event sells in {}", cap->asset().id, currency),
                            fmt::format("write the cap in {}", currency)});
    const Campaign campaign{*event, id, manifest.name};
    const Terms terms{static_cast<int>(spec.rate("commission").ppm()), cap ? std::optional{cap->minor()} : std::nullopt,
                      spec.find_instant("effectiveFrom")};
    store.tx.run(sql::insert_campaign, store.organizer, *event, id, manifest.name);
    if (const auto from = next_version(store, spec, campaign, terms))
        store.tx.run(sql::insert_terms, store.organizer, *event, store.ids.next(), id, *from,
                     static_cast<std::int64_t>(terms.rate_ppm), terms.cap, store.now);
    std::vector<std::string> kept;
    for (const auto& code : spec.objects("codes")) kept.push_back(normal_code(code.text("code")));
    const auto sold = load_sold_codes(store, *event, kept);
    for (const auto& code : spec.objects("codes")) store_code(store, code, campaign, sold);
    store.tx.run(sql::end_codes, store.organizer, id, kept, store.now); // a code taken out credits no later sale
    if (store.problems.empty()) refuse_moved_credit(store, spec, campaign);
}

} // namespace passa::catalog
