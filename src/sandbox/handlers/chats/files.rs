//! Contents of files in messages.

use crate::sandbox::media::mime_types;
use crate::sandbox::response::{ApiError, Response};
use crate::sandbox::state::AccountState;
use crate::sandbox::state::blob_store;
use crate::sandbox::state::store::text_at;
use crate::sandbox::validate::Call;

/// A file that is expired, removed or not fetched yet has no content.
pub fn download(world: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let file = world.find("chat_files", call.device(), call.id())?;
    match text_at(file, "status") {
        Some("available") => {
            let (mime, filename) =
                (text_at(file, "mime").unwrap_or(mime_types::UNKNOWN), text_at(file, "filename").unwrap_or("file"));
            Ok(blob_store::attachment(mime, filename, world.contents.of(file)))
        }
        other => Err(ApiError::new(410, format!("The file is {}", other.unwrap_or("not available")))),
    }
}
