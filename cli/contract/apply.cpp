// passa contract apply: makes declared contracts be there, once, whoever runs it and however often.
#include "cli/contract/deploy.hpp"
#include "cli/contract/lock.hpp"
#include "lib/base/text.hpp"
#include "lib/stellar/contract/call.hpp"
#include "lib/stellar/xdr/text_forms.hpp"

#include <algorithm>
#include <thread>

namespace passa::cli::contract_apply {

using contract::Looked;
using contract::State;

struct Args {
    std::vector<std::string> contracts;
    std::optional<std::filesystem::path> lock;
    std::optional<std::string> max_fee;
    std::optional<std::int64_t> passphrase_fd;
    std::optional<std::filesystem::path> passphrase_file;
};

constexpr int k_most_looks = 20;
constexpr auto k_between_looks = std::chrono::milliseconds{500};

contract::KeyArgs keys_of(const Args& args, const std::string& key) {
    return {key, {}, args.passphrase_fd, args.passphrase_file, args.max_fee};
}

// Nothing is begun while something stands otherwise than declared.
void refuse_others(const Looked& looked) {
    if (looked.state == State::drifted)
        throw Error{
            {Kind::difference, "contract.drifted",
             fmt::format("{} runs {}, but its manifest pins {}", looked.declared.name, to_hex(*looked.runs),
                         to_lower(looked.declared.sha256)),
             "its code changes by a function of its own, if it has one: passa contract show " + looked.declared.name}};
    if (looked.state == State::archived)
        throw Error{{Kind::refused, "contract.archived",
                     fmt::format("{} is archived: nobody paid its rent", looked.declared.name),
                     "restore it: passa contract restore " + looked.declared.name}};
    if (looked.state == State::absent && looked.steps().empty())
        throw Error{
            {Kind::not_found, "contract.absent",
             fmt::format("there is no contract {} on {}", stellar::xdr::to_text(looked.id), looked.declared.network),
             looked.declared.asset.empty() ? "look at its address" : "add key: to its manifest, and it is created"}};
}

std::vector<Looked> look_at(Context& ctx, stellar::rpc::Client& client, const Args& args,
                            const contract::LockFile& lock) {
    std::vector<Looked> all;
    for (const auto& declared : contract::choose(ctx, args.contracts, ctx.globals().network)) {
        auto looked = contract::look(ctx, client, declared);
        lock.require(looked);
        refuse_others(looked);
        if (!looked.steps().empty()) contract::load_code(looked);
        all.push_back(std::move(looked));
    }
    return all;
}

out::Plan plan_of(const std::vector<Looked>& all, const stellar::contract::Terms& terms) {
    out::Records steps;
    std::int64_t transactions = 0;
    std::vector<std::string> names;
    for (const auto& looked : all) {
        const auto todo = looked.steps();
        if (todo.empty()) continue;
        names.push_back(looked.declared.name);
        transactions += static_cast<std::int64_t>(todo.size());
        steps.push_back({{"contract", looked.declared.name},
                         {"address", stellar::xdr::to_text(looked.id)},
                         {"steps", join(todo, ", ")},
                         {"pays", looked.declared.key}});
    }
    return {all.front().declared.network,
            join(names, " "),
            {{"fee_at_most", stellar::stroops(transactions * terms.most_fee)}, {"contracts", std::move(steps)}}};
}

// Somebody else may have been quicker: then there is nothing left to do.
std::string create(Context& ctx, contract::Line& line, Looked& looked, const contract::Sending& sending) {
    const auto words = fmt::format("create {} from {}", looked.declared.name,
                                   looked.is_ours() ? looked.declared.sha256 : looked.declared.asset);
    try {
        const auto call = contract::create_call(ctx, looked, sending.keys.source());
        return line.carry_out({passa::contract::Purpose::create, stellar::xdr::to_text(looked.id), words}, call)
            .transaction;
    } catch (const Error& error) {
        if (error.first().kind == Kind::unknown_outcome) throw;
        looked = contract::look(ctx, sending.client, looked.declared);
        if (looked.state != State::deployed) throw;
        ctx.note(fmt::format("{} was created by somebody else meanwhile", looked.declared.name));
        return {};
    }
}

// A server may lag behind the one that showed the transaction.
void wait_for(Context& ctx, stellar::rpc::Client& client, Looked& looked) {
    for (int looks = 0; looks < k_most_looks; ++looks) {
        looked = contract::look(ctx, client, looked.declared);
        if (looked.state != State::absent) return;
        std::this_thread::sleep_for(k_between_looks);
    }
}

// The transaction that created it; empty: it was there.
std::string deploy(Context& ctx, const contract::Sending& sending, Looked& looked) {
    const auto& declared = looked.declared;
    auto& client = sending.client;
    const auto& keys = sending.keys;
    contract::Line line{ctx, sending};
    looked = contract::look(ctx, client, declared); // what an earlier run left open is settled now
    contract::load_code(looked);
    std::string transaction;
    for (const auto& step : looked.steps()) {
        ctx.note(fmt::format("{}: {}", declared.name, step));
        if (step == "create")
            transaction = create(ctx, line, looked, sending);
        else
            line.carry_out({passa::contract::Purpose::upload, to_lower(declared.sha256),
                            fmt::format("upload {} for {}", declared.wasm, declared.name)},
                           contract::upload_call(looked, keys.source()));
    }
    wait_for(ctx, client, looked);
    refuse_others(looked);
    return transaction;
}

ExitCode run(Context& ctx, const Args& args) {
    const auto terms = contract::read_terms(keys_of(args, ""));
    const auto network = contract::choose(ctx, args.contracts, ctx.globals().network).front().network;
    ctx.require_network(network, "what is declared", ctx.globals().network);
    const auto folder = args.lock.value_or(".");
    const auto client = ctx.make_rpc(network);
    auto all = look_at(ctx, *client, args, contract::LockFile{folder, network});
    const bool all_there = std::all_of(all.begin(), all.end(), [](const Looked& one) { return one.steps().empty(); });
    if ((!all_there || ctx.globals().dry_run) && !ctx.may_move(plan_of(all, terms))) return ExitCode::ok;
    std::map<std::string, contract::Keyring> rings;
    out::Records records;
    for (auto& looked : all) {
        std::string transaction;
        if (!looked.steps().empty()) {
            const auto& key = looked.declared.key;
            auto& keys = rings.try_emplace(key, ctx, keys_of(args, key)).first->second;
            contract::refuse_treasury(ctx, network, keys.source());
            keys.unlock();
            transaction = deploy(ctx, {*client, keys, terms}, looked);
        }
        contract::LockFile lock{folder, network}; // after each, and read anew: another run may write beside us
        lock.put(looked, transaction);
        lock.write();
        auto record = contract::record_of(looked);
        record.emplace_back("transaction", transaction.empty() ? out::Value{} : out::Value{transaction});
        records.push_back(std::move(record));
    }
    ctx.list({{"contract", "contract"}, {"state", "state"}, {"address", "address"}, {"transaction", "transaction"}},
             records);
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "contract apply",
    .summary = "Deploy the declared contracts that are not there yet",
    .details =
        "Code and contracts that are there are recognised by their hash and address, and never made twice: the command "
        "may be run again at any time, by two at once too. Interrupted, the next run asks first what became of what "
        "was sent. What each name means is written into contracts.NETWORK.lock.json, to be kept with the manifests.",
    .options = {positional("CONTRACT", &Args::contracts, "Declared contracts; default: all of the network"),
                option("lock", &Args::lock, "DIR", "Where the lock file is; default: this folder"),
                option("max-fee", &Args::max_fee, "XLM", "The most that one transaction may cost; default: 10"),
                option("passphrase-fd", &Args::passphrase_fd, "N",
                       "Read the key's passphrase from this file descriptor"),
                option("passphrase-file", &Args::passphrase_file, "FILE",
                       "Read the key's passphrase from the first line of this file")},
    .examples = {{"passa contract apply --network testnet", "shows the plan, asks, deploys"},
                 {"passa contract apply festival-money --yes testnet --passphrase-file /run/secrets/deployer",
                  "from a pipeline"}},
    .exits = {{ExitCode::differs, "a contract runs other code than declared"},
              {ExitCode::unknown_outcome, "a transaction may have happened: the same command asks for it first"},
              {ExitCode::configuration,
               "a key is not here, its passphrase is wrong, or a server is of another network"},
              {ExitCode::busy, "somebody else sends from this account, or no server answers"}},
    .effect = Effect::moves_money,
    .run = runner(run),
};

} // namespace passa::cli::contract_apply
