// A contract's types and how their values are written, in words: for the help of a function, made from its interface.
#pragma once
#include "lib/stellar/contract/spec.hpp"

#include <span>

namespace passa::stellar::contract {

// `a whole number, 0 to 4294967295`; a type that the contract defines by its name.
std::string type_words(const xdr::ScSpecTypeDef& type);

// As it is typed behind --NAME in a shell, quotes and all: 1000000, party:NAME, '{"payee": "party:NAME"}'.
std::string flag_example(const Spec& spec, const xdr::ScSpecTypeDef& type);

struct DefinedType {
    std::string name;
    std::string what; // a struct of, one of
    std::string doc;
    struct Line {
        std::string name;
        std::string what; // type in words; the number of an enum's case
        std::string doc;
    };
    std::vector<Line> lines;
};
// Those that the contract defines itself and these types name, inner ones too, each once, outermost first. Errors are
// not among them.
std::vector<DefinedType> defined_types(const Spec& spec, std::span<const xdr::ScSpecTypeDef* const> types);

struct ErrorLine {
    std::uint32_t number = 0;
    std::string name, doc;
};
// What the function may refuse with: by its own error type where it says one, else all that the contract has.
std::vector<ErrorLine> errors_of(const Spec& spec, const xdr::ScSpecFunctionV0& function);

} // namespace passa::stellar::contract
