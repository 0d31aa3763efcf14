// Everything that a contract says of itself is foreign text: made printable before it is shown.
#include "cli/contract/function_help.hpp"

#include "cli/contract/place.hpp"
#include "cli/contract/wasm_file.hpp"
#include "cli/out/wrap.hpp"
#include "lib/base/text.hpp"
#include "lib/stellar/contract/arguments.hpp"
#include "lib/stellar/contract/type_words.hpp"

#include <algorithm>

namespace passa::cli::contract {
namespace {

namespace soroban = stellar::contract;
namespace xdr = stellar::xdr;

constexpr std::size_t k_longest_doc = 2000;
constexpr std::size_t k_indent = 6;

soroban::Spec load_spec(Context& ctx, const Asked& asked) {
    if (asked.contract.ends_with(".wasm")) return soroban::read_module(load_wasm(asked.contract)).value_or_throw().spec;
    const auto place = find_place(ctx, asked.contract, asked.network);
    return get_on_chain(*ctx.make_rpc(place.network), place).spec;
}

std::string paragraph(std::string_view text, std::size_t indent, std::size_t width) {
    return std::string(indent, ' ') + out::wrap(text, indent, width) + "\n";
}

// Rust breaks its lines as its sources do; here the terminal does.
std::string in_one_line(std::string_view doc) {
    std::string line{trim(doc)};
    std::replace(line.begin(), line.end(), '\n', ' ');
    return printable(line, k_longest_doc);
}

std::string doc_lines(std::string_view doc, std::size_t indent, std::size_t width) {
    std::string text;
    while (!trim(doc).empty()) {
        const auto end = doc.find("\n\n");
        text += paragraph(in_one_line(doc.substr(0, end)), indent, width);
        doc = end == std::string_view::npos ? std::string_view{} : doc.substr(end + 2);
    }
    return text;
}

bool is_option(const xdr::ScSpecFunctionInputV0& input) { return input.type.type() == xdr::ScSpecType::option; }

// An argument called like an option of passa is read as that one, unless it stands behind --.
bool needs_separator(Context& ctx, const Asked& asked, const xdr::ScSpecFunctionV0& function) {
    const auto& registry = ctx.registry();
    const auto command =
        std::find_if(registry.begin(), registry.end(), [&](const auto* one) { return one->path == asked.command; });
    auto options = global_options(**command);
    options.insert(options.end(), (*command)->options.begin(), (*command)->options.end());
    return std::any_of(function.inputs.begin(), function.inputs.end(), [&](const auto& input) {
        return std::any_of(options.begin(), options.end(),
                           [&](const Option& o) { return !o.positional && o.name == input.name; });
    });
}

std::string usage_of(Context& ctx, const Asked& asked, const xdr::ScSpecFunctionV0& function) {
    auto usage = fmt::format("passa {} {} {}", asked.command, printable(asked.contract, 100), printable(function.name));
    if (asked.command == "contract invoke") usage += " --key NAME";
    if (needs_separator(ctx, asked, function)) usage += " --";
    for (const auto& input : function.inputs)
        usage += is_option(input) ? fmt::format(" [--{} VALUE]", printable(input.name))
                                  : fmt::format(" --{} VALUE", printable(input.name));
    return usage;
}

std::string arguments_text(const soroban::Spec& spec, const xdr::ScSpecFunctionV0& function, std::size_t width) {
    if (function.inputs.empty()) return "\nIt takes no arguments.\n";
    std::string text = "\nArguments:\n";
    for (const auto& input : function.inputs) {
        const auto name = printable(input.name);
        text += fmt::format("  --{} VALUE\n", name);
        text += paragraph(printable(soroban::type_words(input.type), k_longest_doc) +
                              (is_option(input) ? "; may be left out" : ""),
                          k_indent, width);
        text += doc_lines(input.doc, k_indent, width);
        text += fmt::format("      such as: --{} {}\n", name, printable(soroban::flag_example(spec, input.type), 400));
    }
    return text;
}

std::string returns_text(const xdr::ScSpecFunctionV0& function, std::size_t width) {
    const auto* type = soroban::returned_type(function);
    return "\nReturns:\n" +
           paragraph(type == nullptr ? "nothing" : printable(soroban::type_words(*type), k_longest_doc), 2, width);
}

std::string types_text(const soroban::Spec& spec, const xdr::ScSpecFunctionV0& function, std::size_t width) {
    std::vector<const xdr::ScSpecTypeDef*> types;
    for (const auto& input : function.inputs) types.push_back(&input.type);
    for (const auto& output : function.outputs) types.push_back(&output);
    std::string text;
    for (const auto& type : soroban::defined_types(spec, types)) {
        text += paragraph(fmt::format("{}: {}", printable(type.name), type.what), 2, width) +
                doc_lines(type.doc, k_indent, width);
        for (const auto& line : type.lines) {
            const auto name = line.name.empty() ? std::string{} : fmt::format("{}: ", printable(line.name));
            const auto doc = line.doc.empty() ? std::string{} : fmt::format(". {}", in_one_line(line.doc));
            text += paragraph(fmt::format("{}{}{}", name, printable(line.what, k_longest_doc), doc), k_indent, width);
        }
    }
    return text.empty() ? text : "\nIts own types:\n" + text;
}

std::string errors_text(const soroban::Spec& spec, const xdr::ScSpecFunctionV0& function, std::size_t width) {
    std::string text;
    for (const auto& error : soroban::errors_of(spec, function)) {
        const auto doc = error.doc.empty() ? std::string{} : ": " + in_one_line(error.doc);
        text += paragraph(fmt::format("{} ({}){}", printable(error.name), error.number, doc), 2, width);
    }
    return text.empty() ? text : "\nErrors:\n" + text;
}

std::string function_text(Context& ctx, const Asked& asked, const soroban::Spec& spec) {
    const auto& function = *soroban::get_function(spec, asked.function).value_or_throw();
    const auto width = ctx.terminal().width;
    auto text = doc_lines(function.doc, 0, width);
    text += fmt::format("{}Usage: {}\n", text.empty() ? "" : "\n",
                        out::wrap(usage_of(ctx, asked, function), k_indent + 1, width));
    text += arguments_text(spec, function, width) + returns_text(function, width) + types_text(spec, function, width) +
            errors_text(spec, function, width);
    return text + "\n" +
           paragraph(fmt::format("Addresses may be names: party:NAME, account:NAME (a key), contract:NAME. passa's own "
                                 "options: passa {} --help",
                                 asked.command),
                     0, width);
}

std::string list_text(Context& ctx, const Asked& asked, const soroban::Spec& spec) {
    const auto width = ctx.terminal().width;
    auto text = fmt::format("Usage: passa {} {} FUNCTION [--NAME VALUE...]\n\nFunctions:\n", asked.command,
                            printable(asked.contract, 100));
    for (const auto& function : spec.functions) {
        if (function.name.starts_with("__")) continue; // called by the host alone
        const auto doc = std::string_view{function.doc}.substr(0, function.doc.find("\n\n"));
        text += fmt::format("  {}\n", printable(function.name)) + doc_lines(doc, k_indent, width);
    }
    return text + "\n" +
           paragraph(fmt::format("What one takes: passa {} {} FUNCTION --help", asked.command,
                                 printable(asked.contract, 100)),
                     0, width);
}

} // namespace

ExitCode show_function_help(Context& ctx, const Asked& asked) {
    const auto spec = load_spec(ctx, asked);
    ctx.text(asked.function.empty() ? list_text(ctx, asked, spec) : function_text(ctx, asked, spec));
    return ExitCode::ok;
}

} // namespace passa::cli::contract
