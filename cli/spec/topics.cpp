// The list is kept by hand, because an order that reads well is no property of any single command. A command that it
// does not know is shown nevertheless; the test `meta` asks for its line here.
#include "cli/spec/topics.hpp"

#include <algorithm>

namespace passa::cli {
namespace {

constexpr Topic k_topics[] = {
    {"Begin", "init", ""},
    {"Begin", "doctor", ""},
    {"Begin", "config", "Settings, and who gave them"},
    {"Declare", "apply", ""},
    {"Declare", "diff", ""},
    {"Declare", "get", ""},
    {"Declare", "delete", ""},
    {"Declare", "manifest", "Manifest files, without a database"},
    {"Sell and settle", "event", "Events"},
    {"Sell and settle", "sale", "Ticket sales coming in"},
    {"Sell and settle", "settle", ""},
    {"Sell and settle", "settlement", "What was settled"},
    {"Sell and settle", "proof", "What a payee can check without us"},
    {"Pay and prove", "payout", "Batches of payouts"},
    {"Pay and prove", "channel", "Accounts that let a treasury pay faster"},
    {"Pay and prove", "escrow", "Money that a contract holds and pays out"},
    {"Pay and prove", "recon", "The chain against the book"},
    {"Pay and prove", "job", "Settle, reconcile and check unattended"},
    {"Pay and prove", "top", ""},
    {"Pay and prove", "notice", "What is told to whom"},
    {"Pay and prove", "metrics", "Figures for Prometheus"},
    {"Pay and prove", "ledger", "The double-entry book"},
    {"Pay and prove", "audit", "Who did what"},
    {"Pay and prove", "explain", "What led to a figure, replayed"},
    {"Pay and prove", "report", "Reports and statements"},
    {"Stellar", "network", "Networks and their servers"},
    {"Stellar", "account", "Accounts on a network"},
    {"Stellar", "contract", "Contracts: deployed, asked, called"},
    {"Stellar", "key", "The keystore"},
    {"Stellar", "message", "Messages signed with a key"},
    {"Stellar", "tx", "Transactions"},
    {"Stellar", "localnet", "A Stellar network on this machine"},
    {"This machine", "db", "Passa's database"},
    {"This machine", "completion", ""},
    {"This machine", "man", ""},
};

} // namespace

std::string first_word(const Command& command) { return command.path.substr(0, command.path.find(' ')); }

std::vector<Topic> topics_of(const std::vector<const Command*>& registry) {
    const auto has = [&](std::string_view word) {
        return std::any_of(registry.begin(), registry.end(),
                           [&](const auto* c) { return !c->hidden && first_word(*c) == word; });
    };
    std::vector<Topic> topics;
    for (const auto& topic : k_topics)
        if (has(topic.word)) topics.push_back(topic);
    for (const auto* command : registry) {
        const auto word = std::string_view{command->path}.substr(0, command->path.find(' '));
        const bool known = std::any_of(topics.begin(), topics.end(), [&](const auto& t) { return t.word == word; });
        if (!known && !command->hidden) topics.push_back({"More", word, ""});
    }
    return topics;
}

std::vector<std::string> verbs_of(const std::vector<const Command*>& registry, std::string_view word) {
    std::vector<std::string> verbs;
    for (const auto* command : registry)
        if (!command->hidden && first_word(*command) == word && command->path.size() > word.size())
            verbs.push_back(command->path.substr(word.size() + 1));
    return verbs;
}

} // namespace passa::cli
