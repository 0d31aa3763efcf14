// passa sale profile new: a first draft of an import profile, from the header of a file.
#include "cli/context.hpp"
#include "cli/sale/profile_folder.hpp"
#include "lib/base/text.hpp"
#include "lib/manifest/field.hpp"
#include "lib/sale/preview.hpp"
#include "lib/sale/profile_shelf.hpp"

namespace passa::cli::sale_profile_new {

struct Args {
    std::string file;
    std::optional<std::string> name;
};

ExitCode run(Context& ctx, const Args& args) {
    const auto name = args.name.value_or("mine");
    if (!manifest::is_name(name))
        throw Error{{Kind::usage, "sale.profile_name", fmt::format("'{}' is not a name", printable(name, 60)),
                     "use lower-case letters, digits and dashes, at most 63"}};
    table::TextFile file{args.file};
    const auto shelf = sale::load_profiles(profile_folder(ctx));
    ctx.document("yaml", sale::draft_profile(file, name, shelf.profiles));
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "sale profile new",
    .summary = "Draft an import profile from the header of a file",
    .details =
        "For an export that no profile reads. A header goes to the column that a known profile reads from one so "
        "called; the rest is listed, and what is needed and was not found is left open. Nothing is written but "
        "the draft.",
    .options = {positional("FILE", &Args::file, "One file of the export, with its header"),
                option("name", &Args::name, "NAME", "What to call the profile; mine")},
    .examples = {{"passa sale profile new export.csv --name house > templates/import/house.yaml",
                  "then look at every line"}},
    .run = runner(run),
};

} // namespace passa::cli::sale_profile_new
