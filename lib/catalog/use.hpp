// What hangs on a declared object besides other objects: open money, and history that must stay.
#pragma once
#include "lib/catalog/read.hpp"
#include "lib/catalog/spec.hpp"

namespace passa::catalog {

struct Use {
    std::string what; // "12 sale lines are not settled"
    std::string hint;
};

// What is not finished yet. Empty: nothing.
std::vector<Use> find_open_uses(Store& store, const Object& object);

// Why its rows must stay; empty: nothing ever hung on it.
std::string find_history(Store& store, const Object& object);

} // namespace passa::catalog
