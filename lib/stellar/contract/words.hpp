// A contract's call and what its parties authorise, in words: shown before anybody signs.
#pragma once
#include "lib/stellar/contract/spec.hpp"
#include "lib/stellar/xdr/types_authorization.hpp"

namespace passa::stellar::contract {

// `transfer(from: G..., to: G..., amount: 5)`; of a function that the interface does not tell, its values without
// names.
std::string call_words(const Spec& spec, std::string_view function, const xdr::ScVec& arguments);

// One line for each call that is authorised, the outermost first, inner ones behind as many `> `:
// `CDSK... transfer(...)`. Other contracts' interfaces are not known here.
std::vector<std::string> invocation_words(const Spec& spec, const xdr::SorobanAuthorizedInvocation& invocation);

} // namespace passa::stellar::contract
