// One record a line; every field as its length, a colon and its bytes, so that no field can look like two.
#include "lib/payout/canonical.hpp"

#include "lib/crypto/hash.hpp"

#include <algorithm>

namespace passa::payout {
namespace {

void add_field(std::string& text, std::string_view field) {
    text += std::to_string(field.size());
    text += ':';
    text += field;
    text += ' ';
}

void add_field_or_none(std::string& text, const std::optional<std::string>& field) {
    if (field) return add_field(text, *field);
    text += "- ";
}

template <typename Tag>
std::optional<std::string> id_or_none(const std::optional<Id<Tag>>& id) {
    return id ? std::optional{id->text()} : std::nullopt;
}

void add_amount(std::string& text, const Amount& amount) {
    add_field(text, money::to_text(amount.minor()));
    add_field(text, amount.asset().id);
}

void add_batch(std::string& text, const Batch& batch) {
    add_field(text, "passa payout batch 1");
    add_field(text, batch.id.text());
    add_field(text, id_text::uuid(batch.policy));
    add_field(text, batch.treasury.id.text());
    add_field(text, batch.treasury.rail);
    add_field_or_none(text, batch.treasury.network);
    add_field(text, batch.treasury.account);
    add_field(text, batch.treasury.asset.id);
    text += '\n';
}

void add_payout(std::string& text, const Payout& payout) {
    add_field(text, std::to_string(payout.pos));
    add_field(text, payout.id.text());
    add_field_or_none(text, id_or_none(payout.party));
    add_field_or_none(text, id_or_none(payout.event));
    add_field(text, payout.source);
    add_field(text, payout.reference);
    add_amount(text, payout.owed);
    add_amount(text, payout.netted);
    add_amount(text, payout.amount);
    add_field_or_none(text, payout.exchange_rate ? std::optional{id_text::uuid(*payout.exchange_rate)} : std::nullopt);
    add_field_or_none(text, payout.rail);
    add_field_or_none(text, payout.destination);
    add_field_or_none(text, payout.memo);
    text += '\n';
}

std::string text_of(const FileLine& line) {
    std::string text;
    add_field_or_none(text, line.party);
    add_field_or_none(text, line.destination);
    add_amount(text, line.amount);
    add_field_or_none(text, line.memo);
    add_field(text, line.reference);
    return text;
}

} // namespace

std::string canonical_text(const Batch& batch, const std::vector<Payout>& payouts) {
    std::string text;
    add_batch(text, batch);
    for (const auto& payout : payouts) add_payout(text, payout);
    return text;
}

Hash256 canonical_hash(const Batch& batch, const std::vector<Payout>& payouts) {
    return crypto::sha256(as_bytes(canonical_text(batch, payouts)));
}

Hash256 canonical_hash(const std::vector<FileLine>& lines) {
    std::vector<std::string> texts;
    for (const auto& line : lines) texts.push_back(text_of(line));
    std::sort(texts.begin(), texts.end());
    std::string whole = "passa payment file 1\n";
    for (const auto& text : texts) whole += text + '\n';
    return crypto::sha256(as_bytes(whole));
}

} // namespace passa::payout
