// One transaction about a contract, from its simulation to the proof of what became of it: the course of all commands
// that change something on a network.
#pragma once
#include "cli/contract/place.hpp"
#include "lib/contract/caller.hpp"
#include "lib/stellar/contract/prepare.hpp"
#include "lib/stellar/contract/returned.hpp"
#include "lib/stellar/courier.hpp"
#include "lib/stellar/keys/signer.hpp"

namespace passa::cli::contract {

struct KeyArgs { // who signs, and how it is unlocked
    std::string key;
    std::vector<std::string> sign_with; // those who authorise beside it
    std::optional<std::int64_t> passphrase_fd;
    std::optional<std::filesystem::path> passphrase_file;
    std::optional<std::string> max_fee; // in XLM
};

// What stands behind the keys of one command; unlocked after consent.
class Keyring {
public:
    Keyring(Context& ctx, const KeyArgs& args);
    Keyring(Context& ctx, std::string key, std::vector<std::string> sign_with, const out::PassphraseSource& source);
    [[nodiscard]] const stellar::xdr::AccountId& source() const { return m_source; }
    void unlock(); // once; errors key.*
    [[nodiscard]] stellar::contract::Signers signers() const;
    [[nodiscard]] std::span<const stellar::contract::Voucher> vouchers() const { return m_vouchers; }

private:
    Context& m_ctx;
    std::string m_key;
    std::vector<std::string> m_sign_with;
    out::PassphraseSource m_passphrase;
    stellar::xdr::AccountId m_source;
    std::vector<std::unique_ptr<stellar::Signer>> m_signers; // the source's first
    std::vector<stellar::contract::Voucher> m_vouchers;
};

stellar::contract::Terms read_terms(const KeyArgs& args); // error contract.fee

// Error contract.treasury: payouts are sent from that account, and reckon with its numbers and with what it holds.
void refuse_treasury(Context& ctx, const std::string& network, const stellar::xdr::AccountId& source);

struct Sending {
    stellar::rpc::Client& client;
    const Keyring& keys;
    stellar::contract::Terms terms;
};
struct Sent {
    std::string transaction; // its hash
    std::uint32_t ledger = 0;
    money::Amount fee = stellar::stroops(0);
    stellar::contract::Returned returned;
};
// The right to send from the source of these keys, held for as long as it lives: what an earlier command left open is
// asked for first. Errors contract.busy, contract.unknown.
class Line {
public:
    Line(Context& ctx, const Sending& sending);
    // Prepared anew when it came to nothing though it could work: a footprint grows old. Errors contract.failed, and
    // those of make_ready and Caller.
    Sent carry_out(const passa::contract::Wanted& wanted, const stellar::contract::Call& call);

private:
    Sent read_sent(const rail::Outcome& outcome, const rail::Attempt& attempt);
    Context& m_ctx;
    Sending m_sending;
    stellar::Courier m_courier;
    rail::Patience m_patience;
    passa::contract::Desk m_desk;
    passa::contract::Caller m_caller;
};

// A command's own options, and those of the keys that its Args begin with.
template <typename Args>
std::vector<Option> with_keys(std::vector<Option> own) {
    const auto of = [](auto KeyArgs::*member) {
        using Member = std::remove_reference_t<decltype(std::declval<KeyArgs>().*member)>;
        return static_cast<Member Args::*>(member);
    };
    for (auto& each :
         {option("key", of(&KeyArgs::key), "NAME", "The key that signs and pays"),
          option("sign-with", of(&KeyArgs::sign_with), "NAME",
                 "The key of somebody else who must authorise the call; may be given again"),
          option("max-fee", of(&KeyArgs::max_fee), "XLM", "The most that one transaction may cost; default: 10"),
          option("passphrase-fd", of(&KeyArgs::passphrase_fd), "N",
                 "Read the passphrase from this file descriptor; with several keys, all of them open by it"),
          option("passphrase-file", of(&KeyArgs::passphrase_file), "FILE",
                 "Read the passphrase from the first line of this file; with several keys, all of them open by it")})
        own.push_back(each);
    return own;
}
std::vector<ExitNote> sending_exits();

} // namespace passa::cli::contract
