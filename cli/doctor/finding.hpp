// What doctor found: one check, whether it is good, and what to type when it is not.
#pragma once
#include "lib/base/error.hpp"
#include "lib/stellar/rpc/client.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace passa::cli {
class Context;
}

namespace passa::cli::doctor {

struct Finding {
    std::string check;
    bool good = false;
    std::string found;
    std::string hint = {};
    std::string code = {}; // of the error found
};

// A check that throws has found its problem.
template <typename F>
Finding look(std::string check, F&& f) {
    try {
        auto found = f();
        return {std::move(check), true, std::move(found)};
    } catch (const Error& error) {
        const auto& first = error.first();
        return {std::move(check), false, first.message, first.hint, first.code};
    }
}

// This machine: folder and disk, programs, certificates, keystore.
Finding check_data_folder(Context& ctx);
Finding check_disk(Context& ctx);
Finding check_postgres_programs(Context& ctx);
Finding check_localnet_program();
Finding check_certificates(const std::filesystem::path& bundle);
Finding check_keystore(Context& ctx);
Finding judge_disk(const std::filesystem::path& folder, std::uintmax_t free_bytes);

// The database, its clock against ours, and its archive.
Finding check_database(Context& ctx);
Finding check_database_clock(Context& ctx);
Finding check_archive(Context& ctx);

// Every network that is in use: named by the settings, declared, of a treasury, or running here; a finding for each of
// its servers.
std::vector<Finding> check_networks(Context& ctx);
Finding judge_server(const stellar::rpc::EndpointReport& report, const stellar::rpc::Servers& servers);

} // namespace passa::cli::doctor
