// The list is commands.def; it is read twice: to declare the commands, and to point at them.
#include "cli/registry.hpp"

namespace passa::cli {

#define PASSA_COMMAND(name)                                                                                            \
    namespace name {                                                                                                   \
    extern const Command k_command;                                                                                    \
    }
#include "cli/commands.def"
#undef PASSA_COMMAND

const std::vector<const Command*>& commands() {
    static const std::vector<const Command*> all{
#define PASSA_COMMAND(name) &name::k_command,
#include "cli/commands.def"
#undef PASSA_COMMAND
    };
    return all;
}

} // namespace passa::cli
