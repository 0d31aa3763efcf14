// Names to servers, treasuries to rails: the one place where a rail is built.
#include "lib/catalog/network.hpp"

#include "cli/context.hpp"
#include "cli/environment.hpp"
#include "cli/key/open_key.hpp"
#include "cli/localnet/network.hpp"
#include "cli/spec/suggest.hpp"
#include "lib/base/text.hpp"
#include "lib/catalog/read.hpp"
#include "lib/crypto/keystore.hpp"
#include "lib/http/header_file.hpp"
#include "lib/recon/read.hpp"
#include "lib/stellar/keys/external.hpp"
#include "lib/stellar/known_networks.hpp"
#include "lib/stellar/obstacles.hpp"
#include "lib/stellar/rail.hpp"
#include "lib/stellar/strkey.hpp"

#include <algorithm>
#include <functional>
#include <mutex>

namespace passa::cli {
namespace {

std::vector<http::Url> parse_urls(const std::vector<std::string>& texts) {
    std::vector<http::Url> urls;
    for (const auto& text : texts) urls.push_back(http::parse_url(text).value_or_throw());
    return urls;
}

std::vector<std::string> words_of(const std::string& text) {
    std::vector<std::string> words;
    for (const auto word : split_at(text, ' '))
        if (!trim(word).empty()) words.emplace_back(trim(word));
    return words;
}

// A known network is what its passphrase is: a declaration may add servers, but not make it another network.
void refuse_other_passphrase(const catalog::Network& declared) {
    const auto known = stellar::find_known_network(declared.name);
    if (known && known->passphrase != declared.passphrase)
        throw Error{{Kind::configuration, "network.passphrase",
                     fmt::format("the Network {} is declared with another passphrase than everybody knows it by",
                                 declared.name),
                     fmt::format("give it another name, or the passphrase \"{}\"", known->passphrase)}};
}

// A data folder with a local network of its own means that one by its name: while it is stopped, nobody else who
// listens on the usual port may stand in for it.
bool is_ours(const localnet::Network& own, const std::string& name) {
    return name == localnet::k_name && own.was_started();
}

// Opened when something is to be signed: an outcome can be asked for where the key is not. Many lanes may share it.
class KeyOnDemand final : public stellar::Signer {
public:
    explicit KeyOnDemand(std::function<std::unique_ptr<stellar::Signer>()> open) : m_open(std::move(open)) {}
    [[nodiscard]] const crypto::PublicKey& public_key() const override {
        const std::lock_guard lock{m_mutex};
        return opened().public_key();
    }
    crypto::Signature sign(const Hash256& hash) override {
        const std::lock_guard lock{m_mutex};
        return opened().sign(hash);
    }
    crypto::Signature sign_shown(const stellar::ToSign& shown) override {
        const std::lock_guard lock{m_mutex};
        return opened().sign_shown(shown);
    }
    [[nodiscard]] bool looks() const override {
        const std::lock_guard lock{m_mutex};
        return opened().looks();
    }
    [[nodiscard]] std::unique_ptr<stellar::Signer> make_channel(std::uint64_t number) const override {
        const std::lock_guard lock{m_mutex};
        return opened().make_channel(number);
    }

private:
    [[nodiscard]] stellar::Signer& opened() const {
        if (!m_signer) m_signer = m_open();
        return *m_signer;
    }
    std::function<std::unique_ptr<stellar::Signer>()> m_open;
    mutable std::mutex m_mutex;
    mutable std::unique_ptr<stellar::Signer> m_signer;
};

Error unknown_network(const std::string& name, std::vector<std::string> names) {
    for (const auto& network : stellar::k_known_networks) names.emplace_back(network.name);
    return Error{{Kind::not_found, "network.unknown", fmt::format("there is no network {}", printable(name, 40)),
                  nearest_hint(name, names, fmt::format("known are: {}", join(names, ", ")))}};
}

// It needs no passphrase: what it holds, it opens itself.
std::unique_ptr<stellar::Signer> make_external(const crypto::StoredKey& stored) {
    const auto say = [name = stored.name](std::string_view line) {
        out::write_stderr(fmt::format("{}: {}\n", name, line));
    };
    return std::make_unique<stellar::ExternalSigner>(
        stellar::ExternalKey{stored.name, stellar::parse_account(stored.account).value_or_throw(),
                             stored.program->words, stored.program->time},
        say);
}

Error treasury_error(const std::string& code, const std::string& message, const std::string& hint) {
    return Error{{Kind::configuration, code, message, hint}};
}

void require_key(const crypto::Keystore& store, const std::string& key, const std::string& treasury) {
    const auto keys = store.names();
    if (std::find(keys.begin(), keys.end(), key) == keys.end())
        throw treasury_error(
            "treasury.key_missing", fmt::format("the key {} of treasury {} is not in the keystore here", key, treasury),
            fmt::format("send from the machine that has it, or import it: passa key import {} --seed-fd 0", key));
    static_cast<void>(store.get(key)); // open to others, damaged
}

std::unique_ptr<http::Poster> make_poster(const config::Settings& settings) {
    std::vector<http::SecretHeader> headers;
    const auto from_systemd =
        std::filesystem::path{environment("CREDENTIALS_DIRECTORY").value_or("")} / "passa-rpc-headers";
    if (const auto file = settings.find(config::Key::rpc_headers))
        headers = http::load_headers(*file);
    else if (from_systemd.has_parent_path() && std::filesystem::exists(from_systemd))
        headers = http::load_headers(from_systemd);
    return http::make_curl_poster(std::move(headers));
}

std::unique_ptr<stellar::rpc::Client> make_client(Context& ctx, http::Poster& by, const std::string& name,
                                                  std::optional<Duration> at_most) {
    auto servers = ctx.network(name);
    if (servers.endpoints.empty() && is_ours(localnet::Network{ctx.home()}, name))
        throw Error{{Kind::unavailable, "localnet.stopped", "the local network of this data folder is stopped",
                     "start it: passa localnet up; for another server: PASSA_RPC_URL"}};
    const auto given = ctx.settings().find(config::Key::rpc_timeout).value_or("30s");
    servers.limits.total = parse_duration(given).value_or_throw();
    if (at_most) servers.limits.total = std::min(servers.limits.total, *at_most);
    servers.limits.connect = std::min(servers.limits.connect, servers.limits.total);
    servers.limits.stall = servers.limits.total / 2;
    return std::make_unique<stellar::rpc::Client>(by, ctx.clock(), std::move(servers));
}

} // namespace

// Known networks need no database; one that is there may name servers of its own for them.
bool Context::may_have_declared(bool known) {
    if (!db_server() && !cluster().exists()) return false;
    const auto organizers = db::transact(db(), {.read_only = true}, catalog::load_organizers);
    const auto chosen = chosen_organizer();
    const bool is_clear = chosen ? std::any_of(organizers.begin(), organizers.end(),
                                               [&](const auto& organizer) { return organizer.name == *chosen; })
                                 : organizers.size() == 1;
    return !organizers.empty() && (is_clear || !known); // else nobody's declaration counts
}

std::optional<catalog::Network> Context::find_declared_network(const std::string& name) {
    const bool known = stellar::find_known_network(name).ok();
    if ((known && m_settings.find(config::Key::rpc_url)) || !may_have_declared(known)) return std::nullopt;
    const auto owner = organizer();
    auto declared = read([&](db::Transaction& tx) { return catalog::find_network(tx, owner, name); });
    if (declared) refuse_other_passphrase(*declared);
    return declared;
}

std::vector<std::string> Context::declared_networks() {
    if (!may_have_declared(true)) return {};
    const auto owner = organizer();
    std::vector<std::string> names;
    for (const auto& network : read([&](db::Transaction& tx) { return catalog::load_networks(tx, owner); }))
        names.push_back(network.name);
    return names;
}

std::vector<std::string> Context::networks_in_use() {
    if (!may_have_declared(true)) return {};
    const auto owner = organizer();
    return read([&](db::Transaction& tx) { return catalog::load_networks_in_use(tx, owner); });
}

stellar::rpc::Servers Context::network(const std::string& name) {
    stellar::rpc::Servers servers{.network = name};
    const auto declared = find_declared_network(name);
    if (declared) {
        servers.passphrase = declared->passphrase;
        servers.endpoints = parse_urls(declared->endpoints);
        servers.friendbot = declared->friendbot.value_or("");
    } else {
        const auto known = stellar::find_known_network(name);
        if (!known) throw unknown_network(name, declared_networks());
        servers.passphrase = known->passphrase;
        const localnet::Network own{home()};
        const auto running = own.find_running(); // on whatever port
        if (running && running->passphrase == known->passphrase)
            servers.endpoints = parse_urls({running->rpc});
        else if (!known->endpoint.empty() && !is_ours(own, name))
            servers.endpoints = parse_urls({std::string{known->endpoint}});
    }
    if (const auto urls = m_settings.find(config::Key::rpc_url)) servers.endpoints = parse_urls(words_of(*urls));
    return servers;
}

void Context::require_network(const std::string& network, std::string_view holder,
                              const std::optional<std::string>& named) const {
    const auto& given = m_settings.given(config::Key::network);
    const auto chosen = named || given.empty() ? named : std::optional{given.front().value};
    if (chosen && *chosen != network)
        throw Error{{Kind::usage, "cli.other_network",
                     fmt::format("{} names {}, but {} is on {}", named ? "--network" : given.front().place,
                                 printable(*chosen, 40), holder, printable(network, 40)),
                     fmt::format("if that is meant, write --network {}", printable(network, 40))}};
    out::refuse_elsewhere(network, m_globals.yes);
}

http::Poster& Context::poster() {
    if (!m_payers.poster) m_payers.poster = make_poster(m_settings);
    return *m_payers.poster;
}

std::unique_ptr<stellar::rpc::Client> Context::make_rpc(const std::string& name, std::optional<Duration> at_most) {
    return make_client(*this, poster(), name, at_most);
}

std::unique_ptr<stellar::Signer> Context::unlock(const std::string& key, const out::PassphraseSource& source) {
    const auto stored = crypto::Keystore{home() / "keys"}.get(key);
    if (stored.program) return make_external(stored);
    const auto seed = open_key(*this, stored, source);
    auto signer = stellar::SeedSigner::from_seed(seed).value_or_throw();
    PASSA_ASSERT(stellar::format_account(signer.public_key()) == stored.account); // the box is bound to it
    return std::make_unique<stellar::SeedSigner>(std::move(signer));
}

namespace {
Error no_treasury(Context& ctx, const std::string& wanted) {
    const auto owner = ctx.organizer();
    std::vector<std::string> names;
    for (const auto& treasury : ctx.read([&](db::Transaction& tx) { return recon::load_treasuries(tx, owner, {}); }))
        names.push_back(treasury.name);
    return Error{{Kind::not_found, "treasury.unknown", fmt::format("there is no treasury {}", printable(wanted, 60)),
                  nearest_hint(wanted, names, "see them with: passa get treasury")}};
}
} // namespace

namespace {
// One key, opened once, for all rails that pay with it.
std::shared_ptr<stellar::Signer> make_payer(Context& ctx, Payers& payers, const catalog::Treasury& treasury,
                                            const RailWish& wish) {
    if (!treasury.key)
        throw treasury_error("treasury.key", fmt::format("the treasury {} names no key to sign with", treasury.name),
                             "add key: to its manifest, the name of a key in the keystore");
    const auto check = [&ctx, key = *treasury.key, name = treasury.name] {
        require_key(crypto::Keystore{ctx.home() / "keys"}, key, name);
    };
    if (wish.will_sign) check();
    auto& signer = payers.signers[*treasury.key];
    if (!signer)
        signer = std::make_shared<KeyOnDemand>([&ctx, check, key = *treasury.key, source = *wish.unlock] {
            check();
            return ctx.unlock(key, source);
        });
    if (wish.will_sign && !out::will_ask(*wish.unlock)) static_cast<void>(signer->public_key());
    return signer;
}
} // namespace

std::unique_ptr<rail::Rail> Context::make_rail(const RailWish& wish) {
    const auto owner = organizer();
    const auto treasury = read([&](db::Transaction& tx) { return catalog::find_treasury(tx, owner, wish.treasury); });
    if (!treasury) throw no_treasury(*this, wish.treasury);
    if (treasury->rail != "stellar")
        throw treasury_error(
            "treasury.rail",
            fmt::format("the treasury {} pays by {}, which is not built yet", treasury->name, treasury->rail),
            "use a treasury of the rail stellar");
    const auto network = treasury->network.value_or("");
    if (network.empty())
        throw treasury_error("treasury.network", fmt::format("the treasury {} names no network", treasury->name),
                             "add network: to its manifest");
    stellar::Treasury paying{{stellar::parse_account(treasury->account).value_or_throw()}, treasury->asset};
    paying.has_channels = treasury->has_channels;
    if (wish.channel)
        paying.channel = {{static_cast<std::uint64_t>(wish.channel->number),
                           {stellar::parse_account(wish.channel->address).value_or_throw()}}};
    if (wish.channel) m_payers.posters.push_back(make_poster(m_settings));
    auto client = make_client(*this, wish.channel ? *m_payers.posters.back() : poster(), network, {});
    std::shared_ptr<stellar::Signer> signer;
    if (wish.unlock) signer = make_payer(*this, m_payers, *treasury, wish);
    return std::make_unique<stellar::StellarRail>(std::move(client), std::move(paying), std::move(signer));
}

rail::FindFault Context::find_fault() {
    return [](std::string_view rail, std::string_view account, const rail::Order& order) {
        return rail == "stellar" ? stellar::find_fault(account, order) : std::string{};
    };
}

} // namespace passa::cli
