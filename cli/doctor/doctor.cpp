// passa doctor: everything passa needs, checked one by one, each with what to do about it.
#include "cli/context.hpp"
#include "cli/doctor/finding.hpp"

namespace passa::cli::doctor {

// Where libcurl's TLS looks on Debian.
constexpr std::string_view k_certificates = "/etc/ssl/certs/ca-certificates.crt";

struct Args {
    bool offline = false;
};

// A wrong file is refused before any command begins; what is left to say is which were read, and which were not.
Finding check_settings(Context& ctx) {
    const auto& warnings = ctx.settings().warnings();
    if (!warnings.empty())
        return {"settings", false, warnings.front(), "mend or remove it: passa config explain", "config.ignored"};
    return {"settings", true, "no file is ignored"};
}

ExitCode run(Context& ctx, const Args& args) {
    std::vector<Finding> findings{check_settings(ctx),
                                  check_data_folder(ctx),
                                  check_disk(ctx),
                                  check_keystore(ctx),
                                  check_postgres_programs(ctx),
                                  check_localnet_program(),
                                  check_certificates(k_certificates),
                                  check_database(ctx),
                                  check_database_clock(ctx),
                                  check_archive(ctx)};
    if (!args.offline)
        for (auto& finding : check_networks(ctx)) findings.push_back(std::move(finding));
    out::Records records;
    bool good = true;
    for (const auto& f : findings) {
        records.push_back({{"check", f.check},
                           {"good", f.good},
                           {"found", f.found},
                           {"hint", f.hint},
                           {"code", f.code.empty() ? out::Value{nullptr} : out::Value{f.code}}});
        good = good && f.good;
    }
    ctx.list({{"good", "GOOD"}, {"check", "CHECK"}, {"found", "FOUND"}, {"hint", "TRY"}}, records);
    return good ? ExitCode::ok : ExitCode::configuration;
}

extern const Command k_command = {
    .path = "doctor",
    .summary = "Check everything passa needs: this machine, the database, the networks",
    .details = "Looks at the settings, the data folder and its disk, the keystore, the programs passa starts, the "
               "database, its clock and its archive, and every server of every network in use: reachable, of the right "
               "network, "
               "how old its newest ledger is, and whether that fits this machine's clock. Nothing is changed but for "
               "a private database that is not there yet or not running. A server that does not answer is given up "
               "after 10 seconds.",
    .options = {flag("offline", &Args::offline, "Leave the networks out")},
    .examples = {{"passa doctor", "what is wrong, and what to do about it"},
                 {"passa doctor --json | jq '.items[] | select(.good | not)'", "for a deployment script"}},
    .exits = {{ExitCode::configuration, "something is wrong; each line says what to do"}},
    .run = runner(run),
};

} // namespace passa::cli::doctor
