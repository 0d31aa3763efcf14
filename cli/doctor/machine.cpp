// What this machine must give: a folder with room, keys that nobody else reads, programs, certificates.
#include "cli/context.hpp"
#include "cli/doctor/finding.hpp"
#include "cli/localnet/program.hpp"
#include "lib/crypto/keystore.hpp"
#include "lib/db/postgres_programs.hpp"

#include <fstream>
#include <sys/stat.h>

namespace passa::cli::doctor {

namespace fs = std::filesystem;

constexpr std::uintmax_t k_least_free_bytes = 1U << 30U; // an import of a million lines needs about half of it
constexpr std::uintmax_t k_mebibyte = 1U << 20U;

Finding check_data_folder(Context& ctx) {
    return look("data folder", [&] {
        const auto home = ctx.home();
        std::error_code failed;
        fs::create_directories(home, failed);
        const auto probe = home / ".doctor";
        if (!(std::ofstream{probe} << "x").flush())
            throw Error{{Kind::configuration, "config.home", fmt::format("cannot write in {}", home.string()),
                         "set PASSA_HOME to a folder you may write to"}};
        fs::remove(probe);
        return home.string();
    });
}

Finding judge_disk(const fs::path& folder, std::uintmax_t free_bytes) {
    const auto mebibytes = free_bytes / k_mebibyte;
    if (free_bytes < k_least_free_bytes)
        return {"disk", false, fmt::format("only {} MiB are free for {}", mebibytes, folder.string()),
                "make room, or move the data folder: PASSA_HOME", "config.disk"};
    return {"disk", true, fmt::format("{} MiB free for {}", mebibytes, folder.string())};
}

// Of the disk with the data folder, and of the one with the private database, which root keeps elsewhere.
Finding check_disk(Context& ctx) {
    return look("disk", [&] {
        auto folder = ctx.home();
        if (!ctx.db_server() && ctx.cluster().exists()) folder = ctx.cluster().folder();
        std::error_code failed;
        const auto free = fs::space(folder, failed).available;
        if (failed)
            throw Error{{Kind::configuration, "config.home", fmt::format("cannot look at {}", folder.string()),
                         "set PASSA_HOME to a folder you may write to"}};
        const auto finding = judge_disk(folder, free);
        if (!finding.good) throw Error{{Kind::configuration, finding.code, finding.found, finding.hint}};
        return finding.found;
    });
}

Finding check_postgres_programs(Context& ctx) {
    return look("postgresql programs", [&] {
        if (ctx.db_server()) return std::string{"not needed: a server is named"};
        const auto folder = db::find_postgres_programs();
        return fmt::format("{} (version {})", folder.string(), db::major_version(folder));
    });
}

// Nothing but `passa localnet` needs it, so that its absence is no fault; a wrong PASSA_LOCALNET is one.
Finding check_localnet_program() {
    auto finding = look("localnet program", [] { return localnet::find_program().string(); });
    if (finding.code == "localnet.not_built")
        return {"localnet program", true, "not built; only passa localnet needs it"};
    return finding;
}

// Without them no server with https can be believed.
Finding check_certificates(const fs::path& bundle) {
    return look("certificates", [&] {
        std::error_code failed;
        if (fs::file_size(bundle, failed) == 0 || failed)
            throw Error{{Kind::configuration, "config.certificates",
                         fmt::format("{} is missing: no server with https can be believed", bundle.string()),
                         "apt-get install ca-certificates"}};
        return bundle.string();
    });
}

Finding check_keystore(Context& ctx) {
    return look("keystore", [&] {
        const auto folder = ctx.home() / "keys";
        struct stat info {};
        if (stat(folder.c_str(), &info) == 0 && (info.st_mode & 077) != 0)
            throw Error{{Kind::configuration, "key.permissions", fmt::format("{} is open to others", folder.string()),
                         fmt::format("chmod 700 {}", folder.string())}};
        const crypto::Keystore store{folder};
        const auto names = store.names();
        for (const auto& name : names) static_cast<void>(store.get(name));
        return fmt::format("{} keys, all private", names.size());
    });
}

} // namespace passa::cli::doctor
