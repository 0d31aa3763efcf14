// Asking a test network's friendbot to create and fund an account.
#pragma once
#include "lib/stellar/rpc/client.hpp"
#include "lib/stellar/xdr/types_basic.hpp"

namespace passa::stellar::rpc {

// The declared friendbot, else the one that the server names. Errors network.no_friendbot; http.url, http.plain;
// friendbot.elsewhere when the server names one that is neither on an endpoint's host nor known to everybody.
Result<http::Url> find_friendbot(Client& client);

// Error friendbot.refused with its words, friendbot.no_answer. Success: it says that it did; look at the account.
Result<Done> ask_friendbot(Client& client, const http::Url& friendbot, const xdr::AccountId& account);

} // namespace passa::stellar::rpc
