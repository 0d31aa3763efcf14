// Where in the manifests such words stand.
#include "lib/catalog/rail_words.hpp"

namespace passa::catalog {
namespace {

struct Check {
    const manifest::Manifest& manifest;
    Problems& problems;

    void word(const manifest::Node& object, std::string_view key, const WordRule& rule) const {
        const auto* node = object.find(key);
        if (node == nullptr) return;
        for (auto problem : rule(node->text)) {
            problem.kind = Kind::invalid_input;
            problem.message = fmt::format("{}: {}", key, problem.message);
            problem.place = manifest.place(node->mark);
            problems.push_back(std::move(problem));
        }
    }
};

// The code and its issuer are two fields of one word.
void check_asset(const Check& check, const RailWords& words) {
    const auto& spec = check.manifest.spec();
    check.word(spec, "issuer",
               [&](const std::string& issuer) { return words.asset(spec.find("code")->text + ":" + issuer); });
}

} // namespace

Problems check_rail_words(const std::vector<manifest::Manifest>& manifests,
                          const std::map<std::string, RailWords>& rails) {
    Problems problems;
    for (const auto& m : manifests) {
        const Check check{m, problems};
        const auto* object = m.kind->name == "Treasury" ? &m.spec() : m.spec().find("payout");
        const auto* rail = object == nullptr ? nullptr : object->find("rail");
        const auto words = rails.find(m.kind->name == "Asset" ? "stellar" : rail == nullptr ? "" : rail->text);
        if (words == rails.end()) continue;
        if (m.kind->name == "Asset") {
            check_asset(check, words->second);
        } else if (m.kind->name == "Treasury") {
            check.word(*object, "address", words->second.treasury);
        } else {
            check.word(*object, "address", words->second.payee);
            check.word(*object, "memo", words->second.memo);
        }
    }
    return problems;
}

} // namespace passa::catalog
