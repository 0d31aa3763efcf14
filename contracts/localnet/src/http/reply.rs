//! What is sent back over HTTP: made by those who know the answer.

/// How a reply goes out: as tests of clients want it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Leaves {
    #[default]
    Whole,
    /// With half of its body, and then the line is closed.
    Half,
    /// Not at all: the line is closed.
    Never,
    /// Not at all, and the line stays open until the client goes.
    Late,
}

pub struct Reply {
    pub leaves: Leaves,
    pub status: u16,
    pub content_type: &'static str,
    pub headers: Vec<(&'static str, String)>,
    pub body: String,
}

impl Reply {
    pub fn new(status: u16, content_type: &'static str, body: String) -> Reply {
        Reply {
            leaves: Leaves::Whole,
            status,
            content_type,
            headers: Vec::new(),
            body,
        }
    }

    pub fn json(status: u16, body: String) -> Reply {
        Reply::new(status, "application/json", body)
    }

    pub fn text(status: u16, body: &str) -> Reply {
        Reply::new(status, "text/plain; charset=utf-8", format!("{body}\n"))
    }

    pub fn empty(status: u16) -> Reply {
        Reply::new(status, "", String::new())
    }

    pub fn to_bytes(&self, keeps_open: bool) -> Vec<u8> {
        let mut head = format!("HTTP/1.1 {} {}\r\n", self.status, self.reason());
        if !self.content_type.is_empty() {
            head += &format!("Content-Type: {}\r\n", self.content_type);
        }
        for (name, value) in &self.headers {
            head += &format!("{name}: {value}\r\n");
        }
        if self.status != 204 {
            head += &format!("Content-Length: {}\r\n", self.body.len());
        }
        if !keeps_open {
            head += "Connection: close\r\n";
        }
        [head.as_bytes(), b"\r\n", self.body.as_bytes()].concat()
    }

    fn reason(&self) -> &'static str {
        match self.status {
            200 => "OK",
            204 => "No Content",
            400 => "Bad Request",
            405 => "Method Not Allowed",
            408 => "Request Timeout",
            413 => "Request Entity Too Large",
            415 => "Unsupported Media Type",
            431 => "Request Header Fields Too Large",
            500 => "Internal Server Error",
            501 => "Not Implemented",
            503 => "Service Unavailable",
            504 => "Gateway Timeout",
            505 => "HTTP Version Not Supported",
            _ => "",
        }
    }
}
