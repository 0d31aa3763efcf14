// One record a line; every field as its length, a colon and its bytes, so that no field can look like two.
#include "lib/payout/canonical.hpp"

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
    if (line.key) add_field(text, *line.key);
    return text;
}

} // namespace

BatchHash::BatchHash(const Batch& batch) {
    std::string text;
    add_batch(text, batch);
    m_hash.update(as_bytes(text));
}

void BatchHash::add(const Payout& payout) {
    std::string text;
    add_payout(text, payout);
    m_hash.update(as_bytes(text));
}

void FileHash::add(const FileLine& line) { m_lines.push_back(crypto::sha256(as_bytes(text_of(line)))); }

Hash256 FileHash::finish() {
    std::sort(m_lines.begin(), m_lines.end());
    crypto::Sha256 whole;
    whole.update(as_bytes("passa payment file 2\n"));
    for (const auto& line : m_lines) whole.update(line);
    return whole.finish();
}

Hash256 payment_hash(const FileLine& line) {
    auto same = line;
    same.key.reset();
    if (same.party) same.memo.reset();
    return crypto::sha256(as_bytes(text_of(same)));
}

} // namespace passa::payout
