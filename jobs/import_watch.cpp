// Exports that arrive in a folder: one item a file, imported as `sale import` does it. Files are read and never
// touched; which were done with, and which were given up, stands in the database under a key of name, size and last
// change, so a file that changes is a new one. Bytes that were imported under another name are recognised by the import
// itself.
#include "jobs/jobs.hpp"
#include "lib/base/clock.hpp"
#include "lib/base/text.hpp"
#include "lib/runner/declared.hpp"
#include "lib/sale/import.hpp"
#include "lib/sale/profile_shelf.hpp"

#include <algorithm>
#include <set>
#include <sys/stat.h>

namespace passa::jobs {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t k_most_looked_at = 100'000; // entries of the folder
constexpr std::size_t k_most_at_once = 1'000;     // files of one run; the rest is the next one's
constexpr std::size_t k_longest_name = 200;
constexpr std::string_view k_ill_named = " (named so, "; // in the key of a file that cannot be taken by its name

struct Found {
    std::string key;
    std::string name;
    Instant changed;
};

Instant changed_at(const struct stat& file) {
    using namespace std::chrono;
    return Instant{duration_cast<Duration>(seconds{file.st_ctim.tv_sec} + nanoseconds{file.st_ctim.tv_nsec})};
}

// Plain files alone: what a link points to may lie elsewhere.
std::optional<Found> look_at(const fs::path& folder, const std::string& name) {
    struct stat file {};
    if (lstat((folder / name).c_str(), &file) != 0 || !S_ISREG(file.st_mode)) return std::nullopt;
    const auto changed = changed_at(file);
    const auto shown = printable(name, k_longest_name);
    const auto behind = name == shown ? std::string_view{" ("} : k_ill_named;
    return Found{fmt::format("{}{}{} bytes, {})", shown, behind, file.st_size, to_text(changed)), name, changed};
}

// Names that are still being written under, by the habits of those who write them.
bool is_unfinished(std::string_view name) {
    constexpr std::string_view endings[] = {".part", ".partial", ".tmp", ".temp", ".filepart", ".crdownload", "~"};
    return name.starts_with('.') ||
           std::any_of(std::begin(endings), std::end(endings), [&](auto ending) { return name.ends_with(ending); });
}

Error no_folder(const std::string& folder, std::string_view why) {
    return Error{{Kind::configuration, "job.folder",
                  fmt::format("{} cannot be watched: {}", printable(folder, 200), why),
                  "mend folder in the Job, or the folder"}};
}

// Nothing of it changed for so long: who writes into it has gone on. By the machine's clock, as the files' own times.
bool is_quiet(const Found& found, const runner::Watched& watched) {
    return found.changed + watched.quiet <= SystemClock{}.now();
}

std::vector<Found> look_into(const runner::Watched& watched) {
    std::vector<Found> all;
    std::error_code error;
    std::size_t entries = 0;
    for (auto it = fs::directory_iterator{watched.folder, error}; !error && it != fs::directory_iterator{};
         it.increment(error)) {
        if (++entries > k_most_looked_at)
            throw no_folder(watched.folder, fmt::format("more than {} files lie in it", k_most_looked_at));
        const auto name = it->path().filename().string();
        if (is_unfinished(name)) continue;
        auto found = look_at(watched.folder, name);
        if (found && is_quiet(*found, watched)) all.push_back(std::move(*found));
    }
    if (error) throw no_folder(watched.folder, error.message());
    std::sort(all.begin(), all.end(), [](const Found& a, const Found& b) {
        return std::pair{a.changed, a.name} < std::pair{b.changed, b.name};
    });
    return all;
}

runner::Watched load_watched(const payout::Desk& books, const std::optional<std::string>& event) {
    const auto declared =
        db::transact(books.db, {books.organizer, db::Isolation::repeatable_read, true}, [&](db::Transaction& tx) {
            return runner::load_declared(tx, books.organizer, books.clock.now());
        });
    for (const auto& each : declared)
        if (each.watched && each.scope == event) return *each.watched;
    throw Error{{Kind::not_found, "job.no_folder",
                 fmt::format("no Job says which folder is watched for {}", event.value_or("all events at once")),
                 "declare it with event, folder and profile, and run it by its name or with --event"}};
}

std::vector<std::string> plan_files(const payout::Desk& books, const std::string& event,
                                    const runner::Watched& watched) {
    std::vector<std::string> keys;
    std::set<std::string> known; // two that cannot be taken may look alike
    for (auto& found : look_into(watched))
        if (known.insert(found.key).second) keys.push_back(std::move(found.key));
    const auto seen =
        db::transact(books.db, {books.organizer, db::Isolation::repeatable_read, true}, [&](db::Transaction& tx) {
            return runner::find_ended(tx, books.organizer, {"import-watch", event}, keys);
        });
    std::erase_if(keys, [&](const std::string& key) { return seen.contains(key); });
    if (keys.size() > k_most_at_once) keys.resize(k_most_at_once);
    return keys;
}

// Nobody could tell such a file from another, or name it to mend it.
void require_name(const std::string& key) {
    if (key.rfind(" (") != key.rfind(k_ill_named)) return;
    throw Error{{Kind::invalid_input, "job.file_name",
                 fmt::format("its name is no plain text of at most {} bytes", k_longest_name),
                 "rename it: it is taken then"}};
}

// A folder that went away takes its files with it: nothing is known of them then, and another try looks again.
void require_folder(const std::string& folder) {
    std::error_code error;
    if (fs::directory_iterator{folder, error}; !error) return;
    throw Error{{Kind::unavailable, "job.folder_away",
                 fmt::format("{} cannot be read any more: {}", printable(folder, 200), error.message()),
                 "look whether the disk or the share is there"}};
}

// None: it is gone, or another file now than when it was planned, which a later run takes.
std::optional<fs::path> find_path(const runner::Watched& watched, const std::string& key) {
    const auto name = key.substr(0, key.rfind(" ("));
    const auto found = look_at(watched.folder, name);
    if (found && found->key == key) return fs::path{watched.folder} / name;
    require_folder(watched.folder);
    return std::nullopt;
}

// Thrown out of an import before it books anything: nothing is left of it.
struct Left {};

// Asked as the rows go by, for a large file takes long. A file that is being booked is booked to its end.
struct Bystander {
    std::function<bool()> alive; // whoever watches the worker hears that it lives
    std::function<bool()> told_to_end;

    void look(std::string_view what) const {
        static_cast<void>(alive());
        if (what != "apply" && told_to_end()) throw Left{};
    }
};

// None: told to end before anything was booked.
std::optional<runner::Counts> take_in(const payout::Desk& books, const sale::ImportOrder& order,
                                      const Bystander& bystander) try {
    const auto outcome =
        sale::import_sales({books.db, books.organizer, books.ids, books.clock, books.actor}, order,
                           [&](std::string_view what, std::int64_t, std::int64_t) { bystander.look(what); });
    if (outcome.refused > 0) {
        const auto& first = outcome.refusals.front();
        throw Error{{Kind::partial, "job.rows_refused",
                     fmt::format("{} of {} rows were refused with their orders, first line {}: {}", outcome.refused,
                                 outcome.rows, first.row, first.reason),
                     "mend the reason and try it again: passa job dead retry"}};
    }
    return runner::Counts{{"files", 1}, {"known", outcome.was_known ? 1 : 0}, {"sold", outcome.sold}};
} catch (const Left&) {
    return std::nullopt;
}

} // namespace

runner::Job import_watch(const Desk& desk) {
    const auto& books = desk.books;
    const auto watched = std::make_shared<runner::Watched>(); // as it was declared when the run was planned
    const auto look = [&books, event = desk.scope, profiles = desk.profiles, watched] {
        *watched = load_watched(books, event);
        static_cast<void>(sale::get_profile(watched->profile, profiles)); // missing, it is no fault of any file
        return plan_files(books, *event, *watched);
    };
    const Bystander bystander{desk.patience.stop, desk.told_to_end};
    const auto step = [&books, event = desk.scope, profiles = desk.profiles, bystander, watched](runner::Item& item) {
        require_name(item.key());
        const auto path = find_path(*watched, item.key());
        runner::Counts counts{{"files", 0}};
        if (path) {
            const auto taken = take_in(
                books,
                {*event, {*path}, sale::get_profile(watched->profile, profiles), false, {}, watched->max_refused},
                bystander);
            if (!taken) return; // the next attempt takes the file from its beginning
            counts = *taken;
        }
        if (path && !find_path(*watched, item.key()))
            throw Error{{Kind::refused, "job.file_changed", "the file was changed while it was read",
                         "what it is now comes with a later run; look at what was booked: passa sale list"}};
        db::transact(books.db, {.organizer = books.organizer, .what = "import-watch"},
                     [&](db::Transaction& tx) { item.done(tx, counts); });
    };
    return {look, step};
}

} // namespace passa::jobs
