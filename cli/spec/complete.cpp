// Shell completions: what may follow the words so far. Each script finds the longest command that the words begin with,
// then offers its verbs, its options, the words an option is limited to, or files.
#include "cli/spec/globals.hpp"
#include "cli/spec/help.hpp"
#include "lib/base/text.hpp"

#include <algorithm>

namespace passa::cli {
namespace {

struct Entry { // one place where a word may follow
    std::string path;
    std::vector<std::pair<std::string, std::string>> verbs = {}; // word, summary
    const Command* command = nullptr;
};

Entry& entry_of(std::vector<Entry>& entries, const std::string& path) {
    const auto it = std::find_if(entries.begin(), entries.end(), [&](const auto& e) { return e.path == path; });
    return it != entries.end() ? *it : entries.emplace_back(Entry{path});
}

void add_words(std::vector<Entry>& entries, const Command& command) {
    std::string before;
    for (const auto part : split_at(command.path, ' ')) {
        const std::string word{part};
        auto path = before.empty() ? word : fmt::format("{} {}", before, word);
        auto& verbs = entry_of(entries, before).verbs;
        const bool known = std::any_of(verbs.begin(), verbs.end(), [&](const auto& v) { return v.first == word; });
        const auto about = path == command.path ? command.summary : fmt::format("commands about: {}", word);
        if (!known) verbs.emplace_back(word, about);
        before = std::move(path);
    }
    entry_of(entries, command.path).command = &command;
}

// "" holds the nouns, a noun its verbs, a command its options.
std::vector<Entry> entries_of(const std::vector<const Command*>& registry) {
    std::vector<Entry> entries;
    for (const auto* command : registry)
        if (!command->hidden) add_words(entries, *command);
    return entries;
}

std::vector<Option> options_of(const Command& command) {
    auto options = global_options(command);
    options.insert(options.begin(), command.options.begin(), command.options.end());
    return options;
}

std::string join_if(const std::vector<Option>& options, bool (*wanted)(const Option&)) {
    std::vector<std::string> names;
    for (const auto& o : options)
        if (!o.positional && wanted(o)) {
            names.push_back("--" + o.name);
            if (o.letter != 0) names.push_back(fmt::format("-{}", o.letter));
        }
    return join(names, " ");
}

bool any(const Option&) { return true; }
bool takes_value(const Option& o) { return !o.value_name.empty(); }

// Words that a positional is limited to.
std::string limited_words(const Command& command) {
    for (const auto& o : command.options)
        if (o.positional && !o.choices.empty()) return join(o.choices, " ");
    return {};
}

std::string shell_quoted(std::string_view text) { // for bash and zsh
    std::string out = "'";
    for (const char c : text) out += c == '\'' ? std::string{"'\\''"} : std::string(1, c);
    return out + "'";
}

std::string choice_cases(const std::vector<Entry>& entries) {
    std::string out;
    for (const auto& e : entries) {
        if (e.command == nullptr) continue;
        for (const auto& o : e.command->options)
            if (!o.positional && !o.choices.empty())
                out += fmt::format("    \"{} --{}\"{}) echo {} ;;\n", e.path, o.name,
                                   o.letter == 0 ? "" : fmt::format("|\"{} -{}\"", e.path, o.letter),
                                   join(o.choices, " "));
    }
    for (const auto& o : global_options(Command{}))
        if (!o.choices.empty())
            out += fmt::format("    *\" --{}\"{}) echo {} ;;\n", o.name,
                               o.letter == 0 ? "" : fmt::format("|*\" -{}\"", o.letter), join(o.choices, " "));
    return out;
}

constexpr std::string_view k_bash_head = R"sh(# bash completion for passa, generated from its commands
_passa_about() {
    verbs="" options="" valued=""
    case "$1" in
)sh";
constexpr std::string_view k_bash_middle = R"sh(    *) return 1 ;;
    esac
}
_passa_choices() {
    case "$1" in
)sh";
constexpr std::string_view k_bash_tail = R"sh(    esac
}
_passa() {
    local cur="${COMP_WORDS[COMP_CWORD]}" prev="${COMP_WORDS[COMP_CWORD-1]}" spoken="" word verbs options valued
    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        [[ $word == -* ]] && break
        spoken="${spoken:+$spoken }$word"
    done
    until _passa_about "$spoken"; do
        [[ $spoken == *" "* ]] && spoken="${spoken% *}" || spoken=""
    done
    local choices
    choices="$(_passa_choices "$spoken $prev")"
    if [[ -n $choices ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$choices" -- "$cur")
    elif [[ " $valued " == *" $prev "* ]]; then
        mapfile -t COMPREPLY < <(compgen -f -- "$cur")
    elif [[ $cur == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$options" -- "$cur")
    elif [[ -n $verbs ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$verbs" -- "$cur")
    else
        mapfile -t COMPREPLY < <(compgen -f -- "$cur")
    fi
}
complete -o filenames -F _passa passa
)sh";

std::string bash(const std::vector<Entry>& entries) {
    std::string out{k_bash_head};
    for (const auto& e : entries) {
        std::vector<std::string> verbs;
        for (const auto& [word, summary] : e.verbs) verbs.push_back(word);
        out += fmt::format("    \"{}\")", e.path);
        if (!verbs.empty()) out += fmt::format(" verbs=\"{}\"", join(verbs, " "));
        if (e.command != nullptr) {
            if (const auto words = limited_words(*e.command); !words.empty())
                out += fmt::format(" verbs=\"{}\"", words);
            const auto options = options_of(*e.command);
            out += fmt::format("\n        options=\"{}\"\n        valued=\"{}\"", join_if(options, any),
                               join_if(options, takes_value));
        }
        out += " ;;\n";
    }
    return out + std::string{k_bash_middle} + choice_cases(entries) + std::string{k_bash_tail};
}

constexpr std::string_view k_zsh_head = R"sh(#compdef passa
# zsh completion for passa, generated from its commands
_passa_about() {
    verbs=() options=() valued=""
    case "$1" in
)sh";
constexpr std::string_view k_zsh_tail = R"sh(    esac
}
_passa() {
    local spoken="" word valued choices previous="${words[CURRENT-1]}"
    local -a verbs options
    for word in "${(@)words[2,CURRENT-1]}"; do
        [[ $word == -* ]] && break
        spoken="${spoken:+$spoken }$word"
    done
    until _passa_about "$spoken"; do
        [[ $spoken == *" "* ]] && spoken="${spoken% *}" || spoken=""
    done
    choices="$(_passa_choices "$spoken $previous")"
    if [[ -n $choices ]]; then
        compadd -- ${=choices}
    elif [[ " $valued " == *" $previous "* ]]; then
        _files
    elif [[ ${words[CURRENT]} == -* ]]; then
        _describe -t options option options
    elif (( $#verbs )); then
        _describe -t commands command verbs
    else
        _files
    fi
}
_passa "$@"
)sh";

std::string described(std::string_view word, std::string_view about) { // word:about, colons of the word escaped
    return shell_quoted(fmt::format("{}:{}", word, about));
}

std::string zsh_options(const Command& command) {
    std::string out = "\n        options=(";
    for (const auto& o : options_of(command)) {
        if (o.positional) continue;
        out += "\n            " + described("--" + o.name, o.help);
        if (o.letter != 0) out += "\n            " + described(fmt::format("-{}", o.letter), o.help);
    }
    return out + fmt::format(")\n        valued=\"{}\"", join_if(options_of(command), takes_value));
}

std::string zsh(const std::vector<Entry>& entries) {
    std::string out{k_zsh_head};
    for (const auto& e : entries) {
        out += fmt::format("    \"{}\")", e.path);
        std::string verbs;
        for (const auto& [word, summary] : e.verbs) verbs += "\n            " + described(word, summary);
        if (e.command != nullptr)
            if (const auto words = limited_words(*e.command); !words.empty()) verbs += "\n            " + words;
        if (!verbs.empty()) out += "\n        verbs=(" + verbs + ")";
        if (e.command != nullptr) out += zsh_options(*e.command);
        out += " ;;\n";
    }
    return out + std::string{k_bash_middle} + choice_cases(entries) + std::string{k_zsh_tail};
}

constexpr std::string_view k_fish_head = R"sh(# fish completion for passa, generated from its commands
function __passa_spoken
    set -l spoken
    for word in (commandline -opc)[2..-1]
        string match -q -- '-*' $word; and break
        set -a spoken $word
    end
    string join ' ' -- $spoken
end
function __passa_at # exactly these words: another may follow
    test "$(__passa_spoken)" = "$argv"
end
function __passa_in # this command, whatever stands behind it
    string match -q -- "$argv *" "$(__passa_spoken) "
end
complete -c passa -f
)sh";

std::string fish_quoted(std::string_view text) {
    std::string out = "'";
    for (const char c : text) out += (c == '\'' || c == '\\' ? "\\" : "") + std::string(1, c);
    return out + "'";
}

std::string fish_option(const std::string& condition, const Option& o) {
    auto out = fmt::format("complete -c passa -n {} -l {}", condition, o.name);
    if (o.letter != 0) out += fmt::format(" -s {}", o.letter);
    if (!o.choices.empty())
        out += fmt::format(" -x -a '{}'", join(o.choices, " "));
    else if (takes_value(o))
        out += " -r -F";
    return out + " -d " + fish_quoted(o.help) + "\n";
}

std::string fish(const std::vector<Entry>& entries) {
    std::string out{k_fish_head};
    const auto common = global_options(Command{});
    for (const auto& o : common) out += fish_option("'not __passa_at'", o);
    for (const auto& e : entries) {
        for (const auto& [word, summary] : e.verbs)
            out +=
                fmt::format("complete -c passa -n \"__passa_at {}\" -a {} -d {}\n", e.path, word, fish_quoted(summary));
        if (e.command == nullptr) continue;
        const auto condition = fmt::format("\"__passa_in {}\"", e.path);
        auto options = e.command->options;
        for (const auto& o : global_options(*e.command))
            if (std::none_of(common.begin(), common.end(), [&](const Option& c) { return c.name == o.name; }))
                options.push_back(o);
        for (const auto& o : options) {
            if (!o.positional)
                out += fish_option(condition, o);
            else if (!o.choices.empty())
                out += fmt::format("complete -c passa -n {} -a '{}'\n", condition, join(o.choices, " "));
            else
                out += fmt::format("complete -c passa -n {} -F\n", condition);
        }
    }
    return out;
}

} // namespace

std::string completion(const std::vector<const Command*>& registry, Shell shell) {
    const auto entries = entries_of(registry);
    switch (shell) {
    case Shell::bash: return bash(entries);
    case Shell::zsh: return zsh(entries);
    case Shell::fish: break;
    }
    return fish(entries);
}

} // namespace passa::cli
