// libcurl as a mail client: a handle a letter, since letters are few.
#include "lib/base/assert.hpp"
#include "lib/base/text.hpp"
#include "lib/http/mailer.hpp"
#include "lib/http/socket_door.hpp"

#include <algorithm>
#include <new>

namespace passa::http {
namespace {

constexpr std::size_t k_longest_answer = 120;
constexpr long k_first_permanent = 500; // RFC 5321 4.2.1: 5yz, do not send it again as it is

// What the server was asked last, and how it refused. libcurl's own word for most refusals is that of a broken line,
// and which recipients were refused it does not tell at all.
struct Talk {
    std::string asked_about; // empty: of what nobody needs to hear, such as a password
    bool about_recipient = false;
    std::vector<std::string> turned_away; // recipients, with what the server said
    bool all_for_good = true;
    std::string refusal; // the last

    void ask(std::string_view command) {
        const auto named = [&](std::string_view before) { return command.starts_with(before); };
        about_recipient = named("RCPT TO:");
        asked_about = about_recipient       ? fmt::format("the recipient {}", trim(command.substr(8)))
                      : named("MAIL FROM:") ? "the sender"
                      : named("DATA")       ? "the letter"
                                            : "";
    }
    void hear(std::string_view answer) {
        if (answer.empty() || (answer[0] != '4' && answer[0] != '5') || asked_about.empty()) return;
        refusal = fmt::format("the server refuses {}: {}", asked_about, printable(trim(answer), k_longest_answer));
        if (!about_recipient) return;
        turned_away.push_back(refusal);
        all_for_good = all_for_good && answer[0] == '5';
    }
};

const curl_debug_callback k_listen = [](CURL*, curl_infotype kind, char* text, std::size_t size, void* user) {
    auto& talk = *static_cast<Talk*>(user);
    if (kind == CURLINFO_HEADER_OUT) talk.ask({text, size});
    if (kind == CURLINFO_HEADER_IN) talk.hear({text, size});
    return 0;
};

struct Sending {
    std::string_view left;
    SocketDoor door;
    Talk talk = {};
};

std::size_t give(char* to, std::size_t size, std::size_t n, void* user) noexcept {
    auto& sending = *static_cast<Sending*>(user);
    const auto part = sending.left.substr(0, size * n);
    std::copy(part.begin(), part.end(), to);
    sending.left.remove_prefix(part.size());
    return part.size();
}

class Handle {
public:
    Handle() : m_curl(curl_easy_init()) {
        if (m_curl == nullptr) throw std::bad_alloc{};
    }
    ~Handle() {
        curl_easy_cleanup(m_curl);
        curl_slist_free_all(m_to);
    }
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    template <typename T>
    void set(CURLoption option, T value) {
        PASSA_ASSERT(curl_easy_setopt(m_curl, option, value) == CURLE_OK); // else this libcurl lacks what we rely on
    }
    void address(const std::vector<std::string>& to) {
        for (const auto& each : to) {
            auto* longer = curl_slist_append(m_to, fmt::format("<{}>", each).c_str());
            if (longer == nullptr) throw std::bad_alloc{};
            m_to = longer;
        }
        set(CURLOPT_MAIL_RCPT, m_to);
    }
    [[nodiscard]] CURL* get() const { return m_curl; }

private:
    CURL* m_curl;
    curl_slist* m_to = nullptr;
};

void harden(Handle& handle, const Letter& letter) {
    using std::chrono::milliseconds;
    const auto in_ms = [](Duration time) { return static_cast<long>(std::chrono::ceil<milliseconds>(time).count()); };
    handle.set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    handle.set(CURLOPT_USE_SSL, static_cast<long>(letter.tls == Tls::none ? CURLUSESSL_NONE : CURLUSESSL_ALL));
    handle.set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    handle.set(CURLOPT_SSL_VERIFYPEER, 1L);
    handle.set(CURLOPT_SSL_VERIFYHOST, 2L);
    if (!letter.authorities.empty()) { // and no others
        curl_blob pem{const_cast<char*>(letter.authorities.data()), letter.authorities.size(), CURL_BLOB_NOCOPY};
        handle.set(CURLOPT_CAINFO_BLOB, &pem);
        handle.set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));
    }
    handle.set(CURLOPT_PROXY, ""); // not even from the environment
    handle.set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    handle.set(CURLOPT_NOSIGNAL, 1L);
    handle.set(CURLOPT_CONNECTTIMEOUT_MS, in_ms(letter.limits.connect));
    handle.set(CURLOPT_TIMEOUT_MS, in_ms(letter.limits.total));
    handle.set(CURLOPT_SERVER_RESPONSE_TIMEOUT, 15L); // seconds
}

std::string reason_for(CURLcode code, long status, const Sending& sending, Reach reach) {
    if (sending.door.refused) return std::string{why_not(reach)};
    switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST: return "its name has no address";
    case CURLE_COULDNT_CONNECT: return "the connection was refused";
    case CURLE_OPERATION_TIMEDOUT: return "no answer in time";
    case CURLE_USE_SSL_FAILED: return "the server has no STARTTLS, and nothing is sent in the clear";
    case CURLE_PEER_FAILED_VERIFICATION: return "the server's certificate is not to be trusted";
    case CURLE_SSL_CACERT_BADFILE: return "its caFile holds no certificates (PEM)";
    case CURLE_LOGIN_DENIED: return "the server refuses the user name or password";
    default: break;
    }
    if (!sending.talk.refusal.empty()) return sending.talk.refusal;
    const auto what = to_lower(curl_easy_strerror(code)); // fixed texts of the library: nothing of the letter in them
    return status > 0 ? fmt::format("the server answered {}: {}", status, what) : what;
}

class CurlMailer final : public Mailer {
public:
    CurlMailer() { PASSA_ASSERT(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK); } // counted, as in curl_poster

    std::optional<Refusal> send(const Letter& letter) override {
        const auto reach = letter.tls == Tls::none ? Reach::this_machine : letter.reach;
        Sending sending{letter.text, {reach}};
        Handle handle;
        harden(handle, letter);
        const auto url = fmt::format("{}://{}/passa", letter.tls == Tls::implicit ? "smtps" : "smtp", letter.server);
        const auto from = fmt::format("<{}>", letter.from);
        handle.set(CURLOPT_URL, url.c_str());
        handle.set(CURLOPT_MAIL_FROM, from.c_str());
        handle.set(CURLOPT_MAIL_RCPT_ALLLOWFAILS, 1L); // one who left must not silence the others
        handle.set(CURLOPT_VERBOSE, 1L);               // to k_listen alone
        handle.set(CURLOPT_DEBUGFUNCTION, k_listen);
        handle.set(CURLOPT_DEBUGDATA, &sending.talk);
        handle.address(letter.to);
        if (!letter.username.empty()) handle.set(CURLOPT_USERNAME, letter.username.c_str());
        if (letter.password != nullptr) {
            const auto bytes = letter.password->reveal();
            std::string text{bytes.begin(), bytes.end()}; // libcurl keeps a copy of its own, until the handle goes
            handle.set(CURLOPT_PASSWORD, text.c_str());
            wipe({reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
        }
        handle.set(CURLOPT_UPLOAD, 1L);
        handle.set(CURLOPT_READFUNCTION, &give);
        handle.set(CURLOPT_READDATA, &sending);
        handle.set(CURLOPT_OPENSOCKETFUNCTION, &SocketDoor::open);
        handle.set(CURLOPT_OPENSOCKETDATA, &sending.door);
        const auto code = curl_easy_perform(handle.get());
        const auto& talk = sending.talk;
        if (code == CURLE_OK && talk.turned_away.empty()) return std::nullopt;
        if (code == CURLE_OK) return Refusal{join(talk.turned_away, "; "), talk.all_for_good, true};
        long status = 0;
        curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
        return Refusal{reason_for(code, status, sending, reach),
                       status >= k_first_permanent && talk.all_for_good && code != CURLE_LOGIN_DENIED};
    }
};

} // namespace

std::unique_ptr<Mailer> make_curl_mailer() { return std::make_unique<CurlMailer>(); }

} // namespace passa::http
