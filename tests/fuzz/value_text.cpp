// Any text as each kind of value that people type: refused, or its own text reads back as the same value.
#include "lib/base/bytes.hpp"
#include "lib/base/id.hpp"
#include "lib/base/time.hpp"
#include "lib/config/setting.hpp"
#include "lib/db/target.hpp"
#include "lib/http/url.hpp"
#include "lib/log/log.hpp"
#include "lib/money/amount.hpp"
#include "lib/money/rate.hpp"
#include "lib/payout/state.hpp"
#include "lib/recon/match.hpp"
#include "lib/stellar/tx/asset.hpp"
#include "lib/stellar/tx/operation.hpp"

using namespace passa;

namespace {

void check_money(std::string_view text) {
    for (const auto& asset : {money::Asset{"KES", 2}, money::Asset{"XLM", 7}, money::Asset{"JPY", 0}})
        if (const auto amount = money::parse_number(text, asset))
            PASSA_ASSERT(money::parse_number(amount->number(), asset).value() == *amount);
    if (const auto count = money::parse_int128(text))
        PASSA_ASSERT(money::parse_int128(money::to_text(*count)).value() == *count);
    if (const auto parts = money::split_amount_text(text))
        PASSA_ASSERT(parts->number.size() + parts->asset_id.size() < text.size());
    if (const auto rate = money::Rate::parse(text)) PASSA_ASSERT(money::Rate::parse(rate->text()).value() == *rate);
}

void check_time(std::string_view text) {
    if (const auto at = parse_instant(text)) PASSA_ASSERT(parse_instant(to_text(*at)).value() == *at);
    if (const auto day = parse_day(text)) PASSA_ASSERT(parse_day(to_text(*day)).value() == *day);
    if (const auto duration = parse_duration(text))
        PASSA_ASSERT(parse_duration(to_text(*duration)).value() == *duration);
}

void check_bytes(std::string_view text) {
    if (const auto bytes = parse_hex(text)) PASSA_ASSERT(parse_hex(to_hex(*bytes)).value() == *bytes);
    if (const auto bytes = parse_base64(text)) PASSA_ASSERT(to_base64(*bytes) == text);
}

void check_names(std::string_view text) {
    if (const auto state = payout::parse_state(text)) PASSA_ASSERT(payout::name(*state) == text);
    if (const auto type = recon::parse_break_type(text)) PASSA_ASSERT(recon::name(*type) == text);
    if (const auto code = recon::parse_close_code(text)) PASSA_ASSERT(recon::name(*code) == text);
    static_cast<void>(log::parse_level(text).ok());
    if (const auto id = id_text::decode("pay", text)) PASSA_ASSERT(id_text::encode("pay", *id) == text);
    if (const auto id = id_text::parse_uuid(text)) PASSA_ASSERT(id_text::parse_uuid(id_text::uuid(*id)).value() == *id);
    const auto reference = recon::parse_reference(text);
    PASSA_ASSERT(text.substr(0, reference.key.size()) == reference.key && !(reference.index && reference.upkeep));
}

void check_settings(std::string_view text) {
    for (const auto& setting : config::settings())
        if (const auto problem = setting.refuse(std::string{text})) PASSA_ASSERT(!problem->code.empty());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    check_money(text);
    check_time(text);
    check_bytes(text);
    check_names(text);
    check_settings(text);
    if (const auto memo = stellar::tx::make_memo(text); !memo)
        PASSA_ASSERT(memo.problem().code == "memo.form" || memo.problem().code == "memo.too_long");
    static_cast<void>(stellar::tx::parse_asset(text).ok());
    static_cast<void>(stellar::tx::parse_address(text).ok());
    static_cast<void>(db::parse_target(text).ok());
    if (const auto url = http::parse_url(text)) PASSA_ASSERT(http::parse_url(url->text).value().origin == url->origin);
    return 0;
}
