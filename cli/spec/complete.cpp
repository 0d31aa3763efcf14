// Shell completions: static lists of commands and options, enough for a shell to finish a word.
#include "cli/spec/help.hpp"
#include "cli/spec/parse.hpp"

namespace passa::cli {
namespace {

std::string flags_of(const Command& command, char separator) {
    std::string out;
    for (const auto& list : {command.options, global_options(command.effect)})
        for (const auto& o : list)
            if (!o.positional) out += (out.empty() ? "" : std::string(1, separator)) + "--" + o.name;
    return out;
}

std::string bash(const std::vector<const Command*>& registry) {
    std::string out =
        "# bash completion for passa, generated from its commands\n_passa() {\n    local "
        "words=\"${COMP_WORDS[*]:1:COMP_CWORD-1}\" cur=\"${COMP_WORDS[COMP_CWORD]}\"\n    case \"$words\" in\n";
    for (auto it = registry.rbegin(); it != registry.rend(); ++it)
        if (!(*it)->hidden)
            out += fmt::format("    \"{}\"*) COMPREPLY=($(compgen -W \"{}\" -f -- \"$cur\")) ;;\n", (*it)->path,
                               flags_of(**it, ' '));
    std::string nouns;
    for (const auto* command : registry) {
        if (command->hidden) continue;
        const auto space = command->path.find(' ');
        const auto noun = command->path.substr(0, space);
        if ((" " + nouns + " ").find(" " + noun + " ") == std::string::npos) nouns += (nouns.empty() ? "" : " ") + noun;
    }
    out += "    \"\") COMPREPLY=($(compgen -W \"" + nouns +
           "\" -- \"$cur\")) ;;\n    *) COMPREPLY=($(compgen -W \"$(_passa_verbs \"$words\")\" -- \"$cur\")) ;;\n    "
           "esac\n}\n_passa_verbs() {\n    case \"$1\" in\n";
    std::string noun;
    for (const auto* command : registry) {
        const auto space = command->path.find(' ');
        if (command->hidden || space == std::string::npos) continue;
        if (const auto first = command->path.substr(0, space); first != noun) {
            if (!noun.empty()) out += "\" ;;\n";
            noun = first;
            out += "    " + noun + ") echo \"" + command->path.substr(space + 1);
        } else {
            out += " " + command->path.substr(space + 1);
        }
    }
    return out + "\" ;;\n    esac\n}\ncomplete -F _passa passa\n";
}

std::string zsh(const std::vector<const Command*>& registry) {
    std::string out = "#compdef passa\n# zsh completion for passa, generated from its commands\n_passa() {\n    local "
                      "-a commands=(\n";
    for (const auto* command : registry)
        if (!command->hidden) out += fmt::format("        '{}'\n", command->path);
    out += "    )\n    local before=\"${words[2,CURRENT-1]}\" prefix\n    local -a next=()\n    for command in "
           "$commands; do\n        prefix=\"${before:+$before }\"\n"
           "        [[ \"$command\" == \"$prefix\"* ]] && next+=(\"${${command#$prefix}%% *}\")\n    done\n    (( "
           "$#next )) && { compadd -- ${(u)next}; return }\n    case \"$before\" in\n";
    for (auto it = registry.rbegin(); it != registry.rend(); ++it)
        if (!(*it)->hidden)
            out += fmt::format("        '{}'*) compadd -- {} ; _files ;;\n", (*it)->path, flags_of(**it, ' '));
    return out + "    esac\n}\n_passa \"$@\"\n";
}

std::string fish(const std::vector<const Command*>& registry) {
    std::string out = "# fish completion for passa, generated from its commands\ncomplete -c passa -f\n";
    for (const auto* command : registry) {
        if (command->hidden) continue;
        const auto space = command->path.find(' ');
        const auto noun = command->path.substr(0, space);
        out += fmt::format("complete -c passa -n __fish_use_subcommand -a {}\n", noun);
        if (space != std::string::npos)
            out += fmt::format("complete -c passa -n '__fish_seen_subcommand_from {}' -a {} -d \"{}\"\n", noun,
                               command->path.substr(space + 1), command->summary);
    }
    return out;
}

} // namespace

std::string completion(const std::vector<const Command*>& registry, std::string_view shell) {
    if (shell == "bash") return bash(registry);
    if (shell == "zsh") return zsh(registry);
    return fish(registry);
}

} // namespace passa::cli
