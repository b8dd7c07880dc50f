//! Files in messages.

use crate::sandbox::handlers::content;
use crate::sandbox::media::mime_types;
use crate::sandbox::response::{ApiError, Response};
use crate::sandbox::state::AccountState;
use crate::sandbox::state::document::str_at;
use crate::sandbox::validate::Call;

/// Returns the content of a file, if it is available.
pub fn download(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let file = state.find("chat_files", call.device(), call.id())?;
    match str_at(file, "status") {
        Some("available") => {
            let (mime, filename) =
                (str_at(file, "mime").unwrap_or(mime_types::UNKNOWN), str_at(file, "filename").unwrap_or("file"));
            Ok(content::attachment(mime, filename, state.blobs.get_or_placeholder(file)))
        }
        other => Err(ApiError::new(410, format!("The file is {}", other.unwrap_or("not available")))),
    }
}
