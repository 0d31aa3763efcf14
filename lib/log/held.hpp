// The log while a picture is drawn on the terminal.
#pragma once

namespace passa::log {

// Lines for the terminal wait while this lives, and are written when it ends: the newest of them at least. What goes to
// a file or a pipe goes there as ever.
class Held {
public:
    Held();
    ~Held();
    Held(const Held&) = delete;
    Held& operator=(const Held&) = delete;
};

} // namespace passa::log
