// A segment's unused end is zeros (pg_switch_wal writes them so): it is cut on the way in and made again on the way
// out.
#include "lib/backup/archive.hpp"

#include "lib/base/fault.hpp"
#include "lib/base/text.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sstream>
#include <unistd.h>

namespace passa::backup {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t k_segment = std::size_t{16} << 20; // initdb's default, and what passa's clusters have
constexpr std::size_t k_name = 24;                       // timeline, file, part: eight hex digits each
constexpr std::string_view k_plan_fields[] = {"folder: ", "key: ", "account: ", "signer: ", "data: "};

Error unreadable(const fs::path& file) {
    return Error{{Kind::failed, "backup.read", fmt::format("cannot read {}: {}", file.string(), std::strerror(errno)),
                  "look who it belongs to"}};
}

bool is_segment(std::string_view name) {
    return name.size() == k_name && name.find_first_not_of("0123456789ABCDEF") == name.npos;
}

// Which in the order of the log; timelines share it.
std::int64_t number_of(std::string_view segment) {
    const auto part = [&](std::size_t at) { return std::stoll(std::string{segment.substr(at, 8)}, nullptr, 16); };
    return part(8) * 256 + part(16);
}

std::string name_of(std::int64_t number, std::string_view timeline) {
    return fmt::format("{}{:08X}{:08X}", timeline.substr(0, 8), number / 256, number % 256);
}

Bytes read_whole(const fs::path& file) {
    std::ifstream in{file, std::ios::binary};
    Bytes bytes(k_segment + 1);
    in.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    if (in.gcount() == 0 && !in.eof()) throw unreadable(file);
    bytes.resize(static_cast<std::size_t>(in.gcount()));
    return bytes;
}

std::string wal_holds(const std::string& name, const Hash256& sha256) {
    return fmt::format("wal {} {}", name, to_hex(sha256));
}

std::vector<std::string> files_in(const fs::path& folder) {
    std::vector<std::string> names;
    std::error_code error;
    for (fs::directory_iterator at{folder, error}, end; !error && at != end; at.increment(error))
        names.push_back(at->path().filename().string());
    if (error) // an archive that cannot be looked into is not an empty one
        throw Error{{Kind::not_found, "backup.read",
                     fmt::format("cannot read {}: {}", folder.string(), error.message()),
                     "name the whole folder that passa db archive on was given"}};
    std::sort(names.begin(), names.end());
    return names;
}

} // namespace

std::string to_text(const ArchivePlan& plan) {
    return fmt::format("folder: {}\nkey: {}\naccount: {}\nsigner: {}\ndata: {}\n", plan.folder.string(), plan.key,
                       plan.account, plan.signer, plan.data);
}

std::optional<ArchivePlan> find_plan(const fs::path& file) {
    if (!fs::exists(file)) return std::nullopt;
    std::ifstream in{file};
    std::vector<std::string> values;
    std::string line;
    for (const auto field : k_plan_fields) {
        if (!std::getline(in, line) || !line.starts_with(field))
            throw Error{{Kind::configuration, "backup.plan", fmt::format("{} is no plan of an archive", file.string()),
                         "say it again: passa db archive on"}};
        values.push_back(line.substr(field.size()));
    }
    return ArchivePlan{values[0], values[1], values[2], values[3], values[4]};
}

void keep_segment(const Archivist& archivist, const fs::path& segment, Instant now) {
    const auto name = segment.filename().string();
    const auto place = archivist.plan.folder / "wal" / name;
    auto bytes = read_whole(segment);
    const auto holds = wal_holds(name, crypto::sha256(bytes));
    if (is_segment(name)) {
        const auto end = std::find_if(bytes.rbegin(), bytes.rend(), [](auto byte) { return byte != 0; });
        bytes.erase(end.base(), bytes.end());
    }
    if (!fs::exists(place)) {
        FileWriter file{
            place,
            {now, archivist.made_by, 0, archivist.plan.key, archivist.plan.account, holds, archivist.plan.signer},
            archivist.to,
            archivist.signer};
        fault_point("archive.write");
        file.write(bytes);
        fault_point("archive.finish");
        if (file.finish()) return fault_point("archive.kept");
    }
    // PostgreSQL offers a segment again when it did not hear that it was kept.
    if (FileReader{place}.header().holds == holds) return;
    throw Error{{Kind::conflict, "backup.segment",
                 fmt::format("{} is there already, and is another one", place.string()),
                 "give each database an archive folder of its own: passa db archive on --to FOLDER"}};
}

std::string base_holds(const std::string& log_signer, const std::string& segment) {
    return fmt::format("base {} {}", log_signer, segment);
}

std::vector<BaseCopy> find_base_copies(const fs::path& folder) {
    std::vector<BaseCopy> copies;
    for (const auto& name : files_in(folder)) {
        if (!name.starts_with("base-") || !name.ends_with(".backup")) continue;
        auto header = FileReader{folder / name}.header();
        std::istringstream words{header.holds};
        std::string kind, signer, segment;
        words >> kind >> signer >> segment;
        if (kind != "base" || !is_segment(segment)) continue;
        copies.push_back({folder / name, std::move(header), signer, segment});
    }
    std::sort(copies.begin(), copies.end(), [](const auto& a, const auto& b) {
        return std::pair{number_of(a.segment), a.header.made_at} < std::pair{number_of(b.segment), b.header.made_at};
    });
    return copies;
}

LogStretch find_log(const fs::path& folder, std::string_view first, const fs::path& also_at) {
    LogStretch stretch;
    auto next = number_of(first);
    bool goes_on = true; // until a segment is missing
    for (const auto& name : files_in(folder / "wal")) {
        if (name.ends_with(".history")) stretch.files.push_back(folder / "wal" / name);
        if (!is_segment(name) || number_of(name) < number_of(first)) continue;
        while (goes_on && next < number_of(name) && fs::exists(also_at / name_of(next, first))) ++next;
        if (next < number_of(name) && !stretch.missing) stretch.missing = name_of(next, name);
        goes_on = goes_on && !stretch.missing;
        if (goes_on) stretch.files.push_back(folder / "wal" / name), next = std::max(next, number_of(name) + 1);
    }
    return stretch;
}

void open_segment(const LogReader& reader, const fs::path& file, const fs::path& into) {
    const auto name = file.filename().string();
    FileReader sealed{file};
    sealed.prove(reader.signer);
    sealed.unlock(reader.seed);
    Bytes bytes(k_segment);
    std::size_t size = 0;
    while (size < bytes.size()) {
        const auto n = sealed.read(std::span{bytes}.subspan(size));
        if (n == 0) break;
        size += n;
    }
    if (!is_segment(name)) bytes.resize(size);
    if (sealed.header().holds != wal_holds(name, crypto::sha256(bytes)))
        throw Error{{Kind::invalid_input, "backup.signature",
                     fmt::format("{} holds another part of the log: {}", file.string(), sealed.header().holds),
                     "use another copy of it: the log cannot go on without it"}};
    std::ofstream out{into / name, std::ios::binary};
    out.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    if (!out.flush())
        throw Error{
            {Kind::failed, "backup.write", fmt::format("cannot write {}", (into / name).string()), "make room"}};
}

bool take_away(const fs::path& file) {
    std::error_code why;
    const bool gone = fs::remove(file, why);
    if (!why) return gone;
    throw Error{{Kind::failed, "backup.prune",
                 fmt::format("cannot take away {}, which is one too many: {}", file.string(), why.message()),
                 "nothing that is needed is gone; look who it belongs to, and the next time tries again"}};
}

std::int64_t prune(const fs::path& folder, std::int64_t keep) {
    const auto copies = find_base_copies(folder);
    const auto kept = static_cast<std::int64_t>(copies.size()) - keep;
    if (kept <= 0) return 0;
    const auto& oldest = copies.at(static_cast<std::size_t>(kept));
    std::int64_t gone = 0;
    for (std::int64_t i = 0; i < kept; ++i) gone += take_away(copies.at(static_cast<std::size_t>(i)).file) ? 1 : 0;
    for (const auto& name : files_in(folder / "wal"))
        if (is_segment(name) && number_of(name) < number_of(oldest.segment))
            gone += take_away(folder / "wal" / name) ? 1 : 0;
    return gone;
}

} // namespace passa::backup
