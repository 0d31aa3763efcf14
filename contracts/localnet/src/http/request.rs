//! One request: its head and its body, each within bounds. What is no request is answered and its line closed: after
//! such a text nobody can say where the next one begins.

use super::connection::Connection;
use super::Reply;

/// Bytes of a request's line and headers together.
const MAX_HEAD: usize = 16 * 1024;
/// Bytes of a request's body (the reference server's limit).
const MAX_BODY: usize = 512 * 1024;

pub struct Request {
    pub method: String,
    pub path: String,
    pub query: String,
    pub body: Vec<u8>,
    pub keeps_open: bool,
    headers: Vec<(String, String)>,
}

impl Request {
    /// The next one on this line, of which something has arrived.
    pub fn read(line: &mut Connection) -> Result<Request, Reply> {
        let head = String::from_utf8(read_head(line)?).map_err(|_| Reply::empty(400))?;
        let mut request = parse_head(&head)?;
        request.body = read_body(&request, line)?;
        Ok(request)
    }

    /// The first header of this name, which stands here in small letters.
    pub fn header(&self, name: &'static str) -> Option<&str> {
        self.all(name).next()
    }

    fn all(&self, name: &'static str) -> impl Iterator<Item = &str> {
        let found = self.headers.iter().filter(move |(given, _)| given == name);
        found.map(|(_, value)| value.as_str())
    }

    fn says(&self, name: &'static str, word: &str) -> bool {
        let mut words = self.all(name).flat_map(|value| value.split(','));
        words.any(|given| given.trim().eq_ignore_ascii_case(word))
    }

    fn size(&self) -> Result<usize, Reply> {
        let mut sizes = self.all("content-length");
        let Some(size) = sizes.next() else {
            return Ok(0);
        };
        if sizes.any(|other| other != size) || !size.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(Reply::empty(400));
        }
        match size.parse() {
            Ok(size) if size <= MAX_BODY => Ok(size),
            Err(_) if size.is_empty() => Err(Reply::empty(400)),
            _ => Err(too_large()),
        }
    }
}

fn read_head(line: &mut Connection) -> Result<Vec<u8>, Reply> {
    let mut seen: usize = 0;
    loop {
        let from = seen.saturating_sub(3);
        let end = line.held()[from..]
            .windows(4)
            .position(|four| four == b"\r\n\r\n");
        seen = line.held().len();
        if end.map_or(seen, |end| from + end) > MAX_HEAD {
            return Err(Reply::empty(431));
        }
        if let Some(end) = end {
            let mut head = line.take(from + end + 4);
            head.truncate(from + end);
            return Ok(head);
        }
        wait_for(line, seen + 1)?;
    }
}

fn parse_head(head: &str) -> Result<Request, Reply> {
    let bad = || Reply::empty(400);
    let mut lines = head.split("\r\n");
    let mut first = lines.next().unwrap_or_default().split(' ');
    let (Some(method), Some(target), Some(version), None) =
        (first.next(), first.next(), first.next(), first.next())
    else {
        return Err(bad());
    };
    if !matches!(version, "HTTP/1.1" | "HTTP/1.0") {
        return Err(Reply::empty(505));
    }
    let mut headers = Vec::new();
    for line in lines {
        let (name, value) = line.split_once(':').ok_or_else(bad)?;
        let value = value.trim();
        let is_name = !name.is_empty() && !name.contains(|c: char| c.is_whitespace());
        if !is_name || name.chars().chain(value.chars()).any(char::is_control) {
            return Err(bad());
        }
        headers.push((name.to_ascii_lowercase(), value.to_owned()));
    }
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let mut request = Request {
        method: method.to_owned(),
        path: path.to_owned(),
        query: query.to_owned(),
        body: Vec::new(),
        keeps_open: false,
        headers,
    };
    request.keeps_open = match version {
        "HTTP/1.1" => !request.says("connection", "close"),
        _ => request.says("connection", "keep-alive"),
    };
    Ok(request)
}

fn read_body(request: &Request, line: &mut Connection) -> Result<Vec<u8>, Reply> {
    let coding = request.header("transfer-encoding");
    let size = request.size()?;
    if coding.is_some() && request.header("content-length").is_some() {
        return Err(Reply::empty(400));
    }
    if request.says("expect", "100-continue") && line.held().is_empty() {
        line.write(b"HTTP/1.1 100 Continue\r\n\r\n")
            .map_err(|_| Reply::empty(408))?;
    }
    match coding {
        None => read_exactly(line, size),
        Some(coding) if coding.eq_ignore_ascii_case("chunked") => read_chunks(line),
        Some(_) => Err(Reply::empty(501)),
    }
}

fn read_exactly(line: &mut Connection, size: usize) -> Result<Vec<u8>, Reply> {
    wait_for(line, size)?;
    Ok(line.take(size))
}

fn wait_for(line: &mut Connection, size: usize) -> Result<(), Reply> {
    match line.holds(size) {
        Ok(true) => Ok(()),
        Ok(false) => Err(Reply::empty(400)),
        Err(_) => Err(Reply::empty(408)),
    }
}

fn read_chunks(line: &mut Connection) -> Result<Vec<u8>, Reply> {
    let mut body = Vec::new();
    loop {
        let head = read_line(line)?;
        let size = head.split(';').next().unwrap_or_default().trim();
        if !size.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(Reply::empty(400)); // from_str_radix would take a sign
        }
        let size = usize::from_str_radix(size, 16).map_err(|_| Reply::empty(400))?;
        if size == 0 {
            while !read_line(line)?.is_empty() {} // trailers
            return Ok(body);
        }
        if size > MAX_BODY - body.len() {
            return Err(too_large());
        }
        body.extend(read_exactly(line, size)?);
        if read_exactly(line, 2)? != b"\r\n" {
            return Err(Reply::empty(400));
        }
    }
}

/// Without its end.
fn read_line(line: &mut Connection) -> Result<String, Reply> {
    loop {
        let end = line.held().windows(2).position(|two| two == b"\r\n");
        if let Some(end) = end.filter(|end| *end <= MAX_HEAD) {
            let mut text = line.take(end + 2);
            text.truncate(end);
            return String::from_utf8(text).map_err(|_| Reply::empty(400));
        }
        if line.held().len() > MAX_HEAD {
            return Err(Reply::empty(431));
        }
        wait_for(line, line.held().len() + 1)?;
    }
}

fn too_large() -> Reply {
    Reply::text(413, "http: request body too large")
}
