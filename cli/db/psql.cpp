// passa db psql: PostgreSQL's own terminal on passa's database.
#include "cli/context.hpp"
#include "lib/db/target.hpp"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <unistd.h>

namespace passa::cli::db_psql {

struct Args {
    std::vector<std::string> words;
};

ExitCode run(Context& ctx, const Args& args) {
    auto target = db::parse_target(ctx.database_target()).value_or_throw();
    if (target.password) setenv("PGPASSWORD", target.password->c_str(), 1); // everybody can read the words of a command
    std::vector<std::string> words{"psql", std::move(target.text)};
    words.insert(words.end(), args.words.begin(), args.words.end());
    std::vector<char*> argv;
    for (auto& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    setenv("PGOPTIONS", "-c role=passa_app", 1); // the same laws as for every command
    static_cast<void>(std::signal(SIGPIPE, SIG_DFL));
    if (!ctx.db_server()) ctx.cluster().keep_up_after_exec();
    execvp("psql", argv.data());
    throw Error{{Kind::configuration, "db.no_psql", fmt::format("cannot start psql: {}", std::strerror(errno)),
                 "install postgresql-client-15"}};
}

extern const Command k_command = {
    .path = "db psql",
    .summary = "Open psql on passa's database",
    .details = "Works under the application's role: rows show only after SET passa.organizer = 'ID', and append-only "
               "tables stay so.",
    .options = {the_rest(
        positional("ARG", &Args::words, "Passed on to psql; behind -- what is called like an option of passa"))},
    .examples = {{"passa db psql -- -c 'SELECT name FROM organizer'", "one query"}},
    .exits = {{ExitCode::configuration, "psql is not installed"}},
    .run = runner(run),
};

} // namespace passa::cli::db_psql
