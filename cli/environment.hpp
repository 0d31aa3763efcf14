// The one place where the environment, the working folder and the settings files are read.
#pragma once
#include "cli/out/terminal.hpp"
#include "cli/spec/globals.hpp"
#include "lib/config/settings.hpp"

namespace passa::cli {

std::optional<std::string> environment(const std::string& name); // empty counts as absent
std::string system_user();                                       // who runs this process; a number when nameless
std::string host_name();                                         // this machine, as it calls itself
std::string worker_name();                                       // this machine and process, for people

// Errors as config::load.
Result<config::Settings> load_settings(const Globals& globals);
out::Colour colour_of(const config::Settings& settings);

} // namespace passa::cli
