// Man pages: roff by hand, about as much of it as a page of ours needs. No date stands in them: they are compared.
#include "cli/spec/fields.hpp"
#include "cli/spec/globals.hpp"
#include "cli/spec/help.hpp"
#include "lib/base/text.hpp"
#include "lib/config/setting.hpp"

#include <algorithm>

namespace passa::cli {
namespace {

// Text for roff: backslashes and dashes escaped, and no line that begins with a request.
std::string roff(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const bool begins_line = out.empty() || out.back() == '\n';
        if (c == '\\')
            out += "\\e";
        else if (c == '-')
            out += "\\-";
        else if (c == '\'')
            out += "\\(aq";
        else if (c == '.' && begins_line)
            out += "\\&.";
        else
            out += c;
    }
    return out;
}

std::string term(std::string_view name, std::string_view meaning) {
    return fmt::format(".TP\n\\fB{}\\fR\n{}\n", roff(name), roff(meaning));
}

void options_section(std::string& out, std::string_view title, const std::vector<Option>& options) {
    if (options.empty()) return;
    out += fmt::format(".SH {}\n", title);
    for (const auto& o : options) {
        auto name = o.positional ? o.name : "--" + o.name + (o.value_name.empty() ? "" : " " + o.value_name);
        if (o.letter != 0) name = fmt::format("-{}, {}", o.letter, name);
        out += term(name, o.help);
    }
}

std::string head(const std::string& name, std::string_view summary) {
    auto upper = name;
    std::transform(upper.begin(), upper.end(), upper.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return fmt::format(".TH {} 1 \"\" \"passa\" \"passa manual\"\n.SH NAME\n{} \\- {}\n", roff(upper), roff(name),
                       roff(summary));
}

std::string described(std::string_view details) {
    std::string out;
    for (const auto paragraph : split_at(details, '\n'))
        if (!paragraph.empty()) out += (out.empty() ? "" : ".PP\n") + roff(paragraph) + "\n";
    return out;
}

} // namespace

std::string man_name(const Command& command) {
    auto name = "passa-" + command.path;
    std::replace(name.begin(), name.end(), ' ', '-');
    return name;
}

std::string man_page(const Command& command) {
    auto out = head(man_name(command), command.summary);
    out += fmt::format(".SH SYNOPSIS\n\\fB{}\\fR\n", roff(usage_line(command)));
    if (!command.details.empty()) out += ".SH DESCRIPTION\n" + described(command.details);
    options_section(out, "OPTIONS", command.options);
    options_section(out, "COMMON OPTIONS", global_options(command));
    out += ".SH EXAMPLES\n";
    for (const auto& e : command.examples) out += term(e.command, e.what);
    out += ".SH EXIT STATUS\n";
    for (const auto& note : exit_notes(command)) out += term(fmt::format("{}", static_cast<int>(note.code)), note.when);
    out += fmt::format(".SH JSON\nWith \\-\\-json an object of the form {}:\n", roff(schema_name(command.path)));
    for (const auto& field : json_fields(command.path))
        out += term(field.path, fmt::format("{}{}{}", field.type, field.meaning.empty() ? "" : ": ", field.meaning));
    return out + ".SH SEE ALSO\n\\fBpassa\\fR(1)\n";
}

std::string man_overview(const std::vector<const Command*>& registry) {
    auto out = head("passa", "settle live events and pay everyone to the cent");
    out += ".SH SYNOPSIS\n\\fBpassa\\fR \\fICOMMAND\\fR [\\fIOPTION\\fR...]\n.SH COMMANDS\n";
    for (const auto* command : registry)
        if (!command->hidden) out += term(man_name(*command) + "(1)", command->summary);
    out += ".SH ENVIRONMENT\n";
    for (const auto& setting : config::settings()) out += term(std::string{setting.variable}, std::string{setting.doc});
    return out + term("NO_COLOR, CLICOLOR_FORCE", "never, or always, use colours");
}

} // namespace passa::cli
