//! Status posts as answers show them.

use serde_json::json;

use crate::sandbox::handlers::serializers::message;
use crate::sandbox::state::document::{Document, str_at};
use crate::sandbox::state::{AccountState, facts};

/// A status post with its current acknowledgement.
pub fn post(state: &AccountState, document: &Document) -> Document {
    let mut post = message::message(state, document);
    post.insert("ack".to_owned(), facts::post_ack(document).into());
    if str_at(document, "chatWid").is_none() {
        post.insert("chat".to_owned(), json!("status@broadcast"));
    }
    post
}
