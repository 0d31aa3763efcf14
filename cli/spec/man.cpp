// Man pages: roff by hand, about as much of it as a page of ours needs.
#include "cli/spec/help.hpp"
#include "cli/spec/parse.hpp"
#include "lib/base/text.hpp"

#include <algorithm>

namespace passa::cli {
namespace {

std::string roff(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '\\')
            out += "\\e";
        else if (c == '-')
            out += "\\-";
        else if (c == '\'' || c == '.')
            out += (out.empty() || out.back() == '\n' ? "\\&" : "") + std::string(1, c);
        else
            out += c;
    }
    return out;
}

void options_section(std::string& out, std::string_view title, const std::vector<Option>& options) {
    if (options.empty()) return;
    out += fmt::format(".SH {}\n", title);
    for (const auto& o : options)
        out +=
            fmt::format(".TP\n\\fB{}\\fR\n{}\n",
                        roff(o.positional ? o.name : "--" + o.name + (o.value_name.empty() ? "" : " " + o.value_name)),
                        roff(o.help));
}

} // namespace

std::string man_page(const Command& command) {
    auto name = "passa-" + command.path;
    std::replace(name.begin(), name.end(), ' ', '-');
    std::string upper = name;
    std::transform(upper.begin(), upper.end(), upper.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    std::string out = fmt::format(".TH {} 1 \"\" \"passa\" \"passa manual\"\n.SH NAME\n{} \\- {}\n", roff(upper),
                                  roff(name), roff(command.summary));
    out += fmt::format(".SH SYNOPSIS\n\\fB{}\\fR\n", roff(usage_line(command)));
    if (!command.details.empty()) out += ".SH DESCRIPTION\n" + roff(command.details) + "\n";
    options_section(out, "OPTIONS", command.options);
    options_section(out, "COMMON OPTIONS", global_options(command.effect));
    out += ".SH EXAMPLES\n";
    for (const auto& e : command.examples) out += fmt::format(".TP\n\\fB{}\\fR\n{}\n", roff(e.command), roff(e.what));
    out += ".SH EXIT STATUS\n.TP\n0\ndone\n.TP\n1\nit was tried and did not work\n.TP\n2\nwrong usage or bad input\n";
    for (const auto& note : command.exits)
        out += fmt::format(".TP\n{}\n{}\n", static_cast<int>(note.code), roff(note.when));
    return out;
}

} // namespace passa::cli
