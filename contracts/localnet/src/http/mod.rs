//! HTTP/1.1, as much of it as clients of a local network use. Knows nothing of what is asked and answered.

mod connection;
mod reply;
mod request;
mod server;

pub use reply::{Leaves, Reply};
pub use request::Request;
pub use server::Server;
