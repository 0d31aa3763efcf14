// libcurl behind the Poster, with everything off that could send somewhere else or take in too much.
#include "lib/base/assert.hpp"
#include "lib/base/text.hpp"
#include "lib/http/poster.hpp"
#include "lib/http/socket_door.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <new>

namespace passa::http {
namespace {

constexpr std::size_t k_most_header_bytes = 64U << 10U;
constexpr long k_stall_bytes_per_second = 100;
constexpr Duration k_timer_slack = std::chrono::milliseconds{100}; // curl's clock may end a little early
constexpr long k_highest_status = 999;                             // three digits (RFC 9112 section 4)
constexpr Duration k_longest_retry_after = std::chrono::hours{1};

void start_curl() {
    static const bool started = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    PASSA_ASSERT(started);
}

// One header line handed to curl, wiped when it is done.
class HeaderList {
public:
    HeaderList() = default;
    ~HeaderList() {
        for (auto* item = m_list; item != nullptr; item = item->next)
            wipe({reinterpret_cast<std::uint8_t*>(item->data), std::strlen(item->data)});
        curl_slist_free_all(m_list);
    }
    HeaderList(const HeaderList&) = delete;
    HeaderList& operator=(const HeaderList&) = delete;
    void add(const char* line) {
        auto* longer = curl_slist_append(m_list, line);
        if (longer == nullptr) throw std::bad_alloc{};
        m_list = longer;
    }
    void add(const SecretHeader& header) {
        const auto name = header.name + ": ";
        Secret line{name.size() + header.value.size() + 1}; // ends in zero
        std::copy(name.begin(), name.end(), line.reveal().begin());
        const auto value = header.value.reveal();
        std::copy(value.begin(), value.end(), line.reveal().begin() + static_cast<std::ptrdiff_t>(name.size()));
        add(reinterpret_cast<const char*>(line.reveal().data()));
    }
    [[nodiscard]] curl_slist* get() const { return m_list; }

private:
    curl_slist* m_list = nullptr;
};

// One exchange as the callbacks see it. They run inside C code, so they never throw.
struct Exchange {
    const Request* request = nullptr;
    Answer answer;
    SocketDoor door = {};
    std::size_t header_bytes = 0;
    bool too_large = false;
    bool not_allowed = false;
    bool sent = false;
    bool slow = false; // it ended before its time was up
};

std::size_t take_body(char* data, std::size_t, std::size_t n, void* user) noexcept {
    auto& exchange = *static_cast<Exchange*>(user);
    if (exchange.answer.body.size() + n > exchange.request->limits.answer_bytes) {
        exchange.too_large = true;
        return 0;
    }
    exchange.answer.body.append(data, n); // out of memory ends the process: it is noexcept
    return n;
}

std::size_t count_header(char*, std::size_t, std::size_t n, void* user) noexcept {
    auto& exchange = *static_cast<Exchange*>(user);
    exchange.header_bytes += n;
    exchange.too_large = exchange.too_large || exchange.header_bytes > k_most_header_bytes;
    return exchange.too_large ? 0 : n;
}

// Connected, TLS done, nothing sent yet: from here on the request may have arrived.
int before_request(void* user, char* address, char*, int, int) noexcept { // NOLINT(readability-function-size): curl's
    auto& exchange = *static_cast<Exchange*>(user);
    exchange.not_allowed = exchange.request->url.plain && !is_loopback(address); // a name that leads elsewhere
    exchange.sent = !exchange.not_allowed;
    return exchange.not_allowed ? CURL_PREREQFUNC_ABORT : CURL_PREREQFUNC_OK;
}

Failure failure_of(CURLcode code, const Exchange& exchange) {
    if (exchange.too_large) return Failure::too_large;
    if (exchange.not_allowed || exchange.door.refused) return Failure::not_allowed;
    switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST: return Failure::no_address;
    case CURLE_COULDNT_CONNECT: return Failure::no_route;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CERTPROBLEM: return Failure::tls;
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR: return Failure::cut_off;
    case CURLE_FILESIZE_EXCEEDED: return Failure::too_large;
    case CURLE_OPERATION_TIMEDOUT:
        return !exchange.sent ? Failure::no_route : exchange.slow ? Failure::stalled : Failure::timeout;
    default: return Failure::other;
    }
}

std::string reason_for(Failure failure, CURLcode code, const Request& request) {
    const auto seconds = [](Duration d) { return std::chrono::duration<double>(d).count(); };
    switch (failure) {
    case Failure::no_address: return "its name has no address";
    case Failure::timeout: return fmt::format("no answer within {:g} s", seconds(request.limits.total));
    case Failure::stalled: return fmt::format("its answer stopped coming for {:g} s", seconds(request.limits.stall));
    case Failure::too_large: return fmt::format("its answer is larger than {} bytes", request.limits.answer_bytes);
    case Failure::not_allowed:
        return request.reach == Reach::anywhere ? "its name leads to another machine, and http is for this machine only"
                                                : std::string{why_not(request.reach)};
    case Failure::no_route:
        return code == CURLE_OPERATION_TIMEDOUT
                   ? fmt::format("no connection within {:g} s", seconds(request.limits.connect))
                   : "the connection was refused";
    case Failure::cut_off: return "the connection was cut before the whole answer had come";
    default: return to_lower(curl_easy_strerror(code)); // fixed texts of the library: nothing of the request in them
    }
}

// Each request has a handle of its own: one that is used again remembers the last header line of the answer before, and
// a server that begins its headers with a blank makes libcurl before 8.2.1 write there, after it was freed (curl issues
// 11101 and 11620). What is kept from one request to the next, connections and TLS sessions, is shared.
class CurlPoster final : public Poster {
public:
    explicit CurlPoster(std::vector<SecretHeader> headers) : m_headers(std::move(headers)) {
        start_curl();
        m_kept = curl_share_init();
        if (m_kept == nullptr) throw std::bad_alloc{};
        for (const auto what : {CURL_LOCK_DATA_CONNECT, CURL_LOCK_DATA_SSL_SESSION, CURL_LOCK_DATA_DNS})
            PASSA_ASSERT(curl_share_setopt(m_kept, CURLSHOPT_SHARE, what) == CURLSHE_OK);
    }
    ~CurlPoster() override {
        curl_easy_cleanup(m_handle);
        curl_share_cleanup(m_kept);
    }
    CurlPoster(const CurlPoster&) = delete;
    CurlPoster& operator=(const CurlPoster&) = delete;

    Reply post(const Request& request) override {
        begin();
        Exchange exchange{.request = &request};
        HeaderList headers;
        headers.add("Accept: application/json");
        headers.add("Expect:"); // no waiting for a 100 Continue
        if (!request.body.empty()) headers.add(("Content-Type: " + request.type).c_str());
        for (const auto& header : request.headers) headers.add(header.c_str());
        for (const auto& header : m_headers)
            if (header.host == request.url.host) headers.add(header);
        set(CURLOPT_HTTPHEADER, headers.get());
        harden();
        set_limits(request.limits);
        set_exchange(exchange);
        return finish(curl_easy_perform(m_handle), exchange);
    }

private:
    void begin() {
        curl_easy_cleanup(m_handle);
        m_handle = curl_easy_init();
        if (m_handle == nullptr) throw std::bad_alloc{};
        set(CURLOPT_SHARE, m_kept);
    }

    template <typename T>
    void set(CURLoption option, T value) {
        PASSA_ASSERT(curl_easy_setopt(m_handle, option, value) == CURLE_OK); // else this libcurl lacks what we rely on
    }

    void harden() {
        set(CURLOPT_PROTOCOLS_STR, "https,http"); // http was checked to be loopback, and is again when connected
        set(CURLOPT_REDIR_PROTOCOLS_STR, "https");
        set(CURLOPT_FOLLOWLOCATION, 0L);
        set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
        set(CURLOPT_SSL_VERIFYPEER, 1L);
        set(CURLOPT_SSL_VERIFYHOST, 2L);
        set(CURLOPT_PROXY, ""); // not even from the environment
        set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
        set(CURLOPT_NOSIGNAL, 1L);
        set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
        set(CURLOPT_USERAGENT, "passa");
    }

    void set_limits(const Limits& limits) {
        using std::chrono::milliseconds;
        using std::chrono::seconds;
        set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(std::chrono::ceil<milliseconds>(limits.connect).count()));
        set(CURLOPT_TIMEOUT_MS, static_cast<long>(std::chrono::ceil<milliseconds>(limits.total).count()));
        set(CURLOPT_LOW_SPEED_LIMIT, k_stall_bytes_per_second);
        set(CURLOPT_LOW_SPEED_TIME, static_cast<long>(std::chrono::ceil<seconds>(limits.stall).count()));
        set(CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(limits.answer_bytes));
    }

    void set_exchange(Exchange& exchange) {
        const auto& request = *exchange.request;
        set(CURLOPT_URL, request.url.text.c_str());
        set(CURLOPT_FRESH_CONNECT, request.once ? 1L : 0L);
        if (!request.body.empty()) {
            set(CURLOPT_POST, 1L);
            set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
            set(CURLOPT_POSTFIELDS, request.body.data()); // not copied: lives as long as the exchange
        }
        if (request.reach != Reach::anywhere) {
            PASSA_ASSERT(request.once); // a kept connection was opened without asking
            exchange.door.reach = request.reach;
            set(CURLOPT_OPENSOCKETFUNCTION, &SocketDoor::open);
            set(CURLOPT_OPENSOCKETDATA, &exchange.door);
        }
        set(CURLOPT_WRITEFUNCTION, &take_body);
        set(CURLOPT_WRITEDATA, &exchange);
        set(CURLOPT_HEADERFUNCTION, &count_header);
        set(CURLOPT_HEADERDATA, &exchange);
        set(CURLOPT_PREREQFUNCTION, &before_request);
        set(CURLOPT_PREREQDATA, &exchange);
    }

    Reply finish(CURLcode code, Exchange& exchange) {
        if (code != CURLE_OK) {
            curl_off_t took = 0; // microseconds
            curl_easy_getinfo(m_handle, CURLINFO_TOTAL_TIME_T, &took);
            exchange.slow = Duration{took} + k_timer_slack < exchange.request->limits.total;
            const auto failure = failure_of(code, exchange);
            return NoAnswer{failure, reason_for(failure, code, *exchange.request), exchange.sent};
        }
        long status = 0;
        curl_easy_getinfo(m_handle, CURLINFO_RESPONSE_CODE, &status);
        if (status < 0 || status > k_highest_status) // curl reads any number of digits, and past an int as well
            return NoAnswer{Failure::other, fmt::format("its status {} is none of HTTP", status), exchange.sent};
        exchange.answer.status = static_cast<int>(status);
        curl_off_t wait = 0;
        if (curl_easy_getinfo(m_handle, CURLINFO_RETRY_AFTER, &wait) == CURLE_OK && wait > 0)
            exchange.answer.retry_after = wait < 3600 ? Duration{std::chrono::seconds{wait}} : k_longest_retry_after;
        return std::move(exchange.answer);
    }

    CURL* m_handle = nullptr; // of the last request
    CURLSH* m_kept = nullptr;
    std::vector<SecretHeader> m_headers;
};

} // namespace

std::unique_ptr<Poster> make_curl_poster(std::vector<SecretHeader> headers) {
    return std::make_unique<CurlPoster>(std::move(headers));
}

} // namespace passa::http
