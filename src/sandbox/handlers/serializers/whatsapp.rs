//! Status posts as answers show them.

use serde_json::json;

use crate::sandbox::handlers::serializers::message;
use crate::sandbox::state::document::{Document, fill};
use crate::sandbox::state::{AccountState, facts};

/// A status post with its current acknowledgement.
pub fn post(state: &AccountState, document: &Document) -> Document {
    let mut post = message::message(state, document);
    post.insert("ack".to_owned(), facts::post_ack(document).into());
    fill(&mut post, json!({"to": "status@broadcast"}));
    post
}
