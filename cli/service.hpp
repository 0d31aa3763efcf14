// What a service manager is told by a long process: sd_notify(3), a datagram to the socket that it names in the
// environment. Without one nothing is said.
#pragma once
#include <string>
#include <string_view>

namespace passa::cli {

class Service {
public:
    Service(); // as NOTIFY_SOCKET says
    ~Service();
    Service(const Service&) = delete;
    Service& operator=(const Service&) = delete;

    void ready();                       // once: it works
    void status(std::string_view text); // one line for people
    void alive();                       // the watchdog's: called at every checkpoint, sent at most once a second
    void stopping();                    // once: it has heard TERM, and ends what is at hand

private:
    void send(std::string_view message);
    std::string m_address; // a path, or after a zero byte an abstract name; empty: nobody listens
    int m_socket = -1;
    long m_last_alive = 0; // seconds of the steady clock
    bool m_is_ready = false;
    bool m_is_stopping = false;
    std::string m_status;
};

} // namespace passa::cli
