// Where profiles are found: in the binary, in the project, or as a file.
#pragma once
#include "lib/sale/profile.hpp"

#include <filesystem>

namespace passa::sale {

// Built-in profiles and those of `folder` (templates/import of the project); the project's win. Name order. A file of
// the folder that is none does not keep the others from being read.
struct ProfileShelf {
    std::vector<Profile> profiles;
    struct Broken {
        std::string name; // of the file, without its ending
        std::string file;
        std::vector<Problem> problems;
    };
    std::vector<Broken> broken;
};
ProfileShelf load_profiles(const std::filesystem::path& folder);
// `name` is a profile's name, or a path when it ends in .yaml or .yml. Error sale.unknown_profile; those of a broken
// file that may be meant by the name.
Profile get_profile(const std::string& name, const std::filesystem::path& folder);

} // namespace passa::sale
