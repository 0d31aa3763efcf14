// What a contract gives back, in the terms of its own interface.
#pragma once
#include "lib/stellar/contract/spec.hpp"
#include "lib/stellar/xdr/types_events.hpp"

#include <nlohmann/json_fwd.hpp>

namespace passa::stellar::contract {

// Typed as the function says; SEP-51 where it says nothing, or something else.
nlohmann::ordered_json returned_json(const Spec& spec, std::string_view function, const xdr::ScVal& value);

// {"name": ..., "parameters": {...}} where the interface describes such an event (SEP-48); else
// {"topics": [...], "data": ...} as SEP-51.
nlohmann::ordered_json event_json(const Spec& spec, const xdr::ContractEventV0& event);

} // namespace passa::stellar::contract
