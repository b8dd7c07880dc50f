//! Contents of files in messages.

use crate::sandbox::check::Call;
use crate::sandbox::contents;
use crate::sandbox::media::kinds;
use crate::sandbox::reply::{Refusal, Reply};
use crate::sandbox::store::text_at;
use crate::sandbox::world::World;

/// A file that is expired, removed or not fetched yet has no content.
pub fn download(world: &mut World, call: &Call) -> Result<Reply, Refusal> {
    let file = world.find("chat_files", call.device(), call.id())?;
    match text_at(file, "status") {
        Some("available") => {
            let (mime, filename) = (text_at(file, "mime").unwrap_or(kinds::UNKNOWN), text_at(file, "filename").unwrap_or("file"));
            Ok(contents::attachment(mime, filename, world.contents.of(file)))
        }
        other => Err(Refusal::new(410, format!("The file is {}", other.unwrap_or("not available")))),
    }
}
