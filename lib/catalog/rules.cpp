// One function per kind. Each problem stands at the word that is wrong.
#include "lib/catalog/rules.hpp"

#include "lib/base/text.hpp"
#include "lib/base/time.hpp"
#include "lib/money/rate.hpp"

#include <algorithm>
#include <map>

namespace passa::catalog {
namespace {

using manifest::Node;

class Rules {
public:
    explicit Rules(const manifest::Manifest& manifest) : m_manifest(manifest), m_spec(manifest.spec()) {}
    Problems problems;

    void event();
    void split_plan();
    void onchain();
    void campaign();
    void asset();
    void exchange_rate();
    void approvals();
    void payout_policy();
    void job();
    void watched(std::string_view job);
    void upkeep(std::string_view job);

private:
    void refuse(const Node& node, Problem problem, std::string note = {}) {
        problem.place = m_manifest.place(node.mark, std::move(note));
        problems.push_back(std::move(problem));
    }

    static std::string text(const Node& map, std::string_view key) {
        const auto* node = map.find(key);
        return node == nullptr ? std::string{} : node->text;
    }

    [[nodiscard]] static const std::vector<Node>& items(const Node& map, std::string_view key) {
        static const std::vector<Node> none;
        const auto* node = map.find(key);
        return node == nullptr ? none : node->items;
    }

    // Whether both times are there and the first is not before the second.
    static bool is_not_before(const Node& map, std::string_view first, std::string_view second) {
        const auto* a = map.find(first);
        const auto* b = map.find(second);
        if (a == nullptr || b == nullptr) return false;
        return parse_instant(a->text).value_or_throw() >= parse_instant(b->text).value_or_throw();
    }

    // Where a name stood before, by its line; notes it when it is new.
    std::optional<int> first_line(std::map<std::string, int>& seen, const std::string& name, const Node& node) const {
        const auto [it, fresh] = seen.try_emplace(name, node.mark.line);
        return fresh ? std::nullopt : std::optional{it->second};
    }

    void tier(const Node& tier, const std::string& currency, std::map<std::string, int>& names);
    void tier_names(const std::vector<Node>& tiers);
    void sum_of_shares(const std::vector<Node>& shares);
    void limit(const Node& limit);

    const manifest::Manifest& m_manifest;
    const Node& m_spec;
};

void Rules::tier(const Node& tier, const std::string& currency, std::map<std::string, int>& names) {
    const auto name = text(tier, "name");
    if (const auto line = first_line(names, name, *tier.find("name")))
        refuse(*tier.find("name"),
               {Kind::invalid_input, "event.tier_twice", fmt::format("the event has two tiers named {}", name),
                fmt::format("the other one is in line {}: give each its own name", *line)});
    const auto asset = money::split_amount_text(tier.find("price")->text).value_or_throw().asset_id;
    if (asset != currency)
        refuse(*tier.find("price"),
               {Kind::invalid_input, "event.tier_currency",
                fmt::format("tier {} is priced in {}, the event sells in {}", name, printable(asset, 80), currency),
                fmt::format("write the price in {}", currency)});
    if (is_not_before(tier, "saleFrom", "saleUntil"))
        refuse(*tier.find("saleUntil"),
               {Kind::invalid_input, "event.sale_window",
                fmt::format("the sale of tier {} ends before it begins", name), "check saleFrom and saleUntil"});
}

// An export knows a tier by its name, its title or an alias: each may mean one tier only.
void Rules::tier_names(const std::vector<Node>& tiers) {
    std::map<std::string, const Node*> owners;
    const auto claim = [&](const Node& tier, const Node& word) {
        const auto known = to_lower(trim(word.text));
        const auto [it, fresh] = owners.try_emplace(known, &tier);
        if (fresh || it->second == &tier || text(*it->second, "name") == text(tier, "name")) return;
        refuse(word, {Kind::invalid_input, "event.tier_names",
                      fmt::format("tiers {} and {} are both known as '{}'", text(*it->second, "name"),
                                  text(tier, "name"), printable(known, 80)),
                      "an import could not tell them apart: change a title or an alias"});
    };
    for (const auto& tier : tiers) {
        claim(tier, *tier.find("name"));
        claim(tier, *tier.find("title"));
        for (const auto& alias : items(tier, "aliases")) claim(tier, alias);
    }
}

void Rules::event() {
    if (parse_instant(text(m_spec, "ends")).value_or_throw() < parse_instant(text(m_spec, "starts")).value_or_throw())
        refuse(*m_spec.find("ends"), {Kind::invalid_input, "event.ends_before_start", "the event ends before it starts",
                                      "check starts and ends"});
    std::map<std::string, int> names;
    for (const auto& each : items(m_spec, "tiers")) tier(each, text(m_spec, "currency"), names);
    tier_names(items(m_spec, "tiers"));
}

void Rules::sum_of_shares(const std::vector<Node>& shares) {
    std::int64_t ppm = 0;
    for (const auto& share : shares) ppm += money::Rate::parse(text(share, "share")).value_or_throw().ppm();
    if (ppm == money::k_ppm_whole) return;
    const bool low = ppm < money::k_ppm_whole;
    const auto off = money::Rate::from_ppm(
        static_cast<std::uint32_t>(std::min<std::int64_t>(std::abs(money::k_ppm_whole - ppm), money::k_ppm_whole)));
    const money::Amount total{ppm, money::Asset{"", 4}};
    Problem problem{Kind::invalid_input, "split.sum",
                    fmt::format("shares of split plan {} add up to {} %, need 100 %", m_manifest.name, total.number()),
                    fmt::format("{} one share by {}{}", low ? "raise" : "lower", off.text(),
                                low ? ", or add the missing party" : "")};
    if (shares.empty())
        refuse(*m_spec.find("shares"), std::move(problem));
    else
        refuse(shares.back(), std::move(problem), fmt::format("the last of {} shares", shares.size()));
}

void Rules::split_plan() {
    std::map<std::string, int> parties;
    for (const auto& share : items(m_spec, "shares"))
        if (const auto line = first_line(parties, text(share, "party"), share))
            refuse(*share.find("party"),
                   {Kind::invalid_input, "split.party_twice",
                    fmt::format("{} stands twice in split plan {}", text(share, "party"), m_manifest.name),
                    fmt::format("it is also in line {}: add its shares up into one", *line)});
    sum_of_shares(items(m_spec, "shares"));
    if (text(m_spec, "basis") == "gross" && m_spec.find("feesFrom") == nullptr)
        refuse(*m_spec.find("basis"), {Kind::invalid_input, "split.fees_from",
                                       "with basis gross somebody must bear the fees", "add feesFrom: PARTY"});
    if (m_spec.find("onchain") != nullptr) onchain();
}

// The contract splits what is left after commissions, in basis points.
void Rules::onchain() {
    const auto tell = [&](const Node& node, std::string message, std::string hint) {
        refuse(node, {Kind::invalid_input, "split.onchain_law", std::move(message), std::move(hint)});
    };
    if (text(m_spec, "basis") == "gross")
        tell(*m_spec.find("basis"), "a contract shares what is left after fees", "leave basis and feesFrom out");
    if (const auto* node = m_spec.find("commissionFrom"))
        tell(*node, "a contract takes commissions off the top", "leave commissionFrom out");
    for (const auto& share : items(m_spec, "shares"))
        if (money::Rate::parse(text(share, "share")).value_or_throw().ppm() % 100 != 0)
            tell(*share.find("share"),
                 fmt::format("a contract counts in hundredths of a percent, not {}",
                             printable(text(share, "share"), 40)),
                 "write at most two decimals, such as 33.33%");
    if (items(m_spec, "shares").size() > 50)
        tell(*m_spec.find("shares"), "a contract shares among at most 50", "give some of them one share together");
}

void Rules::campaign() {
    std::map<std::string, int> codes;
    for (const auto& each : items(m_spec, "codes")) {
        const auto& word = *each.find("code");
        const auto code = normal_code(word.text);
        if (const auto line = first_line(codes, code, word))
            refuse(word, {Kind::invalid_input, "campaign.code_twice",
                          fmt::format("the campaign has the code {} twice", printable(code, 60)),
                          fmt::format("it is also in line {}; upper and lower case are the same", *line)});
        if (is_not_before(each, "validFrom", "validUntil"))
            refuse(*each.find("validUntil"),
                   {Kind::invalid_input, "campaign.window_empty",
                    fmt::format("code {} would end before it begins", printable(code, 60)),
                    "write a validUntil that is later than validFrom, or leave one of them out"});
    }
}

void Rules::asset() {
    const auto scale = std::stoll(text(m_spec, "scale"));
    const bool issued = m_spec.find("issuer") != nullptr;
    if (scale > money::k_max_scale || (issued && scale != 7))
        refuse(*m_spec.find("scale"), {Kind::invalid_input, "asset.scale",
                                       issued ? "assets on Stellar have 7 decimals" : "at most 18 decimals", ""});
}

void Rules::exchange_rate() {
    if (text(m_spec, "from") == text(m_spec, "to"))
        refuse(*m_spec.find("to"),
               {Kind::invalid_input, "exchange_rate.same_asset", "the rate converts an asset into itself",
                "name two different assets in from and to"});
}

void Rules::limit(const Node& limit) {
    const auto asset = text(limit, "asset");
    for (const auto* key : {"minimum", "perPayout", "perBatch", "perDay"}) {
        const auto* node = limit.find(key);
        if (node == nullptr) continue;
        const auto other = money::split_amount_text(node->text).value_or_throw().asset_id;
        if (other != asset)
            refuse(*node, {Kind::invalid_input, "payout_policy.other_asset",
                           fmt::format("the limit is for {}, this amount is in {}", printable(asset, 80),
                                       printable(other, 80)),
                           "name one asset per limit"});
    }
}

constexpr std::int64_t k_most_approvers = 9; // as the database's own rule (migration 0043)

// No more than there are to agree.
void Rules::approvals() {
    const auto approvers = items(m_spec, "approvers").size();
    for (const auto& each : items(m_spec, "approvals")) {
        const auto& persons = *each.find("persons");
        const auto count = std::stoll(persons.text);
        if (count < 1 || count > k_most_approvers)
            refuse(persons, {Kind::invalid_input, "payout_policy.persons",
                             fmt::format("from 1 to {} people agree to a batch", k_most_approvers), ""});
        else if (approvers != 0 && count > static_cast<std::int64_t>(approvers))
            refuse(persons, {Kind::invalid_input, "payout_policy.persons",
                             fmt::format("{} people are to agree, and approvers names {}", count, approvers),
                             "name more people in approvers, or ask for fewer"});
    }
}

void Rules::payout_policy() {
    approvals();
    std::map<std::string, int> assets;
    for (const auto& each : items(m_spec, "limits")) {
        const auto& word = *each.find("asset");
        if (const auto line = first_line(assets, word.text, word))
            refuse(word, {Kind::invalid_input, "payout_policy.asset_twice",
                          fmt::format("there are two limits for {}", printable(word.text, 80)),
                          fmt::format("the other one is in line {}: keep one", *line)});
        limit(each);
    }
}

// What a job may be narrowed to, as jobs::kinds() has it.
constexpr std::pair<std::string_view, std::string_view> k_scopes[] = {{"escrow-pay", "event"},
                                                                      {"import-watch", "event"},
                                                                      {"payout", "event"},
                                                                      {"settle", "event"},
                                                                      {"reconcile", "treasury"}};
constexpr std::int64_t k_most_catchup = 1'000;
constexpr std::int64_t k_fastest = 60'000;                  // items a minute
constexpr Duration k_shortest_kept = std::chrono::days{30}; // as the database's own rule (migration 0024)

bool is_plain_path(std::string_view path) {
    return path.starts_with('/') && std::none_of(path.begin(), path.end(), [](char c) {
               return c <= ' ' || c == '"' || c == '\\' || c == '\'' || c == '%' || c == ':';
           });
}

void Rules::watched(std::string_view job) {
    const bool is_watch = job == "import-watch";
    for (const auto* field : {"folder", "profile", "event"})
        if (is_watch && m_spec.find(field) == nullptr)
            refuse(m_spec, {Kind::invalid_input, "job.watch", fmt::format("import-watch needs {}", field),
                            "say which folder is read, by which profile, for which event"});
    for (const auto* field : {"folder", "profile", "quietFor", "maxRefused"})
        if (const auto* node = m_spec.find(field); node != nullptr && !is_watch)
            refuse(*node,
                   {Kind::invalid_input, "job.scope", fmt::format("the job {} has no {}", job, field), "leave it out"});
    if (const auto* node = m_spec.find("folder"); node != nullptr && !node->text.starts_with('/'))
        refuse(*node, {Kind::invalid_input, "job.watch", "folder is an absolute path",
                       "a job is not run where its manifest lies: begin with /"});
}

void Rules::upkeep(std::string_view job) {
    for (const auto* field : {"keepFor", "copyEvery", "copyTo", "copyKey", "copies"})
        if (const auto* node = m_spec.find(field); node != nullptr && job != "housekeeping")
            refuse(*node,
                   {Kind::invalid_input, "job.scope", fmt::format("the job {} has no {}", job, field), "leave it out"});
    if (const auto* kept = m_spec.find("keepFor");
        kept != nullptr && parse_duration(kept->text).value_or_throw() < k_shortest_kept)
        refuse(*kept, {Kind::invalid_input, "job.keep", "what is done is kept for 30 days at least",
                       "write keepFor: 30d or more, or leave it out: 90d"});
    for (const auto* field : {"copyTo", "copyKey", "copies"})
        if (const auto* node = m_spec.find(field); node != nullptr && m_spec.find("copyEvery") == nullptr)
            refuse(*node, {Kind::invalid_input, "job.copy", fmt::format("{} says nothing without copyEvery", field),
                           "say how old the newest copy may be: copyEvery: 1d"});
    const auto* to = m_spec.find("copyTo");
    if ((to == nullptr) != (m_spec.find("copyKey") == nullptr))
        refuse(m_spec, {Kind::invalid_input, "job.copy", "copyTo and copyKey come together",
                        "a copy in a folder is sealed to a key: name both"});
    if (to != nullptr && !is_plain_path(to->text))
        refuse(*to, {Kind::invalid_input, "job.copy", "copyTo is an absolute path without blanks or quotes",
                     "it also stands in a unit of systemd: begin with /"});
    if (const auto* copies = m_spec.find("copies"); copies != nullptr && std::stoll(copies->text) < 1)
        refuse(*copies, {Kind::invalid_input, "job.copy", "one copy is kept at least", "leave it out to keep all"});
}

void Rules::job() {
    const auto what = text(m_spec, "job");
    std::string_view scope;
    for (const auto& [job, field] : k_scopes)
        if (job == what) scope = field;
    for (const auto* field : {"event", "treasury"})
        if (const auto* node = m_spec.find(field); node != nullptr && field != scope)
            refuse(*node, {Kind::invalid_input, "job.scope", fmt::format("the job {} has no {}", what, field),
                           scope.empty() ? std::string{"leave it out"} : fmt::format("it takes {}", scope)});
    const bool pays = what == "payout" || what == "contract-keep" || what == "contract-send" || what == "escrow-pay";
    if (const auto* node = m_spec.find("network"); (node != nullptr) != pays)
        refuse(node == nullptr ? m_spec : *node,
               node == nullptr
                   ? Problem{Kind::invalid_input, "job.no_network",
                             "a job that pays names the network that money may move on", "add network: NAME"}
                   : Problem{Kind::invalid_input, "job.scope", fmt::format("the job {} has no network", what),
                             "leave it out"});
    watched(what);
    upkeep(what);
    const auto* most = m_spec.find("maxCatchup");
    if (most != nullptr && (std::stoll(most->text) < 1 || std::stoll(most->text) > k_most_catchup))
        refuse(*most, {Kind::invalid_input, "job.catchup", fmt::format("maxCatchup is from 1 to {}", k_most_catchup),
                       "leave it out: 7"});
    const auto* rate = m_spec.find("itemsPerMinute");
    if (rate != nullptr && (std::stoll(rate->text) < 1 || std::stoll(rate->text) > k_fastest))
        refuse(*rate, {Kind::invalid_input, "job.rate", fmt::format("itemsPerMinute is from 1 to {}", k_fastest),
                       "leave it out: as fast as they come"});
    const auto& fields = m_manifest.kind->spec;
    const auto jobs =
        std::find_if(fields.begin(), fields.end(), [](const auto& f) { return f.name == "job"; })->choices;
    if (std::find(jobs.begin(), jobs.end(), m_manifest.name) != jobs.end())
        refuse(m_manifest.document.root, {Kind::invalid_input, "job.name_taken",
                                          fmt::format("{} is what a job of passa is called", m_manifest.name),
                                          fmt::format("call it {}-nightly, or what you like", m_manifest.name)});
}

} // namespace

std::string normal_code(std::string_view code) {
    auto out = std::string{trim(code)};
    std::transform(out.begin(), out.end(), out.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return out;
}

Problems check_rules(const manifest::Manifest& manifest) {
    Rules rules{manifest};
    const std::string_view kind = manifest.kind->name;
    if (kind == "Event") rules.event();
    if (kind == "SplitPlan") rules.split_plan();
    if (kind == "Campaign") rules.campaign();
    if (kind == "Asset") rules.asset();
    if (kind == "ExchangeRate") rules.exchange_rate();
    if (kind == "PayoutPolicy") rules.payout_policy();
    if (kind == "Job") rules.job();
    if (kind == "NoticeChannel") return check_notice_channel(manifest);
    if (kind == "Contract") return check_contract(manifest);
    return std::move(rules.problems);
}

} // namespace passa::catalog
