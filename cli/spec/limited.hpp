// Options whose values are limited by a law that several commands share: how many rows, one of a few words.
#pragma once
#include "cli/spec/command.hpp"

namespace passa::cli {

// --limit N; its default is what Args holds.
template <typename Args>
Option limit_option(RowLimit Args::*target) {
    auto limit =
        option("limit", target, "N",
               fmt::format("At most so many, from 1 to {}; default: {}", RowLimit::k_most, (Args{}.*target).rows));
    limit.required = false;
    return limit;
}

// A text that must be one of these.
inline Option limited_to(std::vector<std::string> words, Option option) {
    option.set = [words, set = std::move(option.set)](void* args,
                                                      const std::vector<std::string>& values) -> Result<Done> {
        for (const auto& text : values)
            if (const auto found = find_choice(text, words); !found) return found.problems();
        return set(args, values);
    };
    option.choices = std::move(words);
    return option;
}

} // namespace passa::cli
