//! The page of the sandbox: `GET /_sandbox/ui`, which asks for `GET /_sandbox/ui/data` every second. Both only read.
//! See `docs/decisions/0047-page-of-the-sandbox.md`.

use std::sync::LazyLock;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::digest;

use crate::sandbox::app::view::ViewRequest;
use crate::sandbox::app::{App, Request};
use crate::sandbox::query;
use crate::sandbox::response::{ApiError, Response};

const PAGE: &str = include_str!("page.html");

/// The page. It has no data, so it needs no key.
pub fn page() -> Response {
    static POLICY: LazyLock<String> = LazyLock::new(policy);
    Response::content("text/html; charset=utf-8", PAGE)
        .with_header("content-security-policy", &POLICY)
        .with_header("x-content-type-options", "nosniff")
        .with_header("referrer-policy", "no-referrer")
        .with_header("cache-control", "no-store")
}

/// Allows the page's own script and style, requests to the sandbox, and nothing else.
fn policy() -> String {
    format!(
        "default-src 'none'; connect-src 'self'; script-src '{}'; style-src '{}'; require-trusted-types-for 'script'; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        source_hash("script"),
        source_hash("style"),
    )
}

/// The hash of the text of an element of the page.
fn source_hash(element: &str) -> String {
    let after_start = PAGE.split_once(&format!("<{element}>")).map_or("", |(_, rest)| rest);
    let text = after_start.split_once(&format!("</{element}>")).map_or("", |(text, _)| text);
    // Browsers read line ends as LF; git may have checked the file out with CRLF.
    let hash = digest::digest(&digest::SHA256, text.replace("\r\n", "\n").as_bytes());
    format!("sha256-{}", STANDARD.encode(hash))
}

/// What the page shows; a 204 if it has not changed since the version `seen`.
pub fn data(app: &App, request: &Request) -> Result<Response, ApiError> {
    let mut view = ViewRequest::default();
    for (name, value) in query::pairs(request.uri.query().unwrap_or_default()) {
        match name.as_str() {
            "collection" => view.collection = value,
            "search" => view.search = value,
            "seen" => view.seen = value,
            _ => {}
        }
    }
    Ok(app.view(&view)?.map_or_else(Response::no_content, |view| Response::ok(&view)))
}
