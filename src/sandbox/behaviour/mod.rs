//! What operations do that is more than reading a document: one function each, found by the name in their row.

pub mod campaigns;
mod catalog;
mod channels;
mod chat_bulk;
pub mod chat_changes;
mod chat_files;
mod chat_notes;
mod chat_phone;
mod chats;
pub mod contacts;
mod devices;
mod files;
mod groups;
pub mod incoming;
mod members;
mod messages;
pub mod numbers;
mod office;
mod outbound;
mod profile;
mod queue;
pub mod send;
mod session;
mod team;
mod user_status;
mod webhooks;

use super::check::Call;
use super::reply::{Refusal, Reply};
use super::world::World;
pub use session::connect;
pub use team::has_access;
pub use user_status::{ack, waits};

/// A named behaviour.
#[derive(Debug)]
pub struct Behaviour {
    name: &'static str,
    /// Whether it needs the device's session: while that is not online the answer is a 503.
    pub needs_session: bool,
    pub run: fn(&mut World, &Call) -> Result<Reply, Refusal>,
}

const ALL: &[Behaviour] = &[
    Behaviour { name: "set_chat_status", needs_session: false, run: chats::set_status },
    Behaviour { name: "assign_chat", needs_session: false, run: chats::assign },
    Behaviour { name: "unassign_chat", needs_session: false, run: chats::unassign },
    Behaviour { name: "create_contact", needs_session: false, run: contacts::create },
    Behaviour { name: "upsert_metadata", needs_session: false, run: contacts::upsert_metadata },
    Behaviour { name: "replace_metadata", needs_session: false, run: contacts::replace_metadata },
    Behaviour { name: "get_queue", needs_session: false, run: queue::status },
    Behaviour { name: "route_queue", needs_session: false, run: queue::route },
    Behaviour { name: "set_queue_status", needs_session: false, run: queue::set_status },
    Behaviour { name: "empty_queue", needs_session: false, run: queue::empty },
    Behaviour { name: "send_text", needs_session: false, run: send::send },
    Behaviour { name: "send_media", needs_session: false, run: send::send },
    Behaviour { name: "send_scheduled", needs_session: false, run: send::send },
    Behaviour { name: "send_poll", needs_session: false, run: send::send },
    Behaviour { name: "send_vote", needs_session: false, run: send::send },
    Behaviour { name: "send_clear_vote", needs_session: false, run: send::send },
    Behaviour { name: "send_event", needs_session: false, run: send::send },
    Behaviour { name: "send_event_response", needs_session: false, run: send::send },
    Behaviour { name: "send_location", needs_session: false, run: send::send },
    Behaviour { name: "send_contacts", needs_session: false, run: send::send },
    Behaviour { name: "send_reaction", needs_session: false, run: send::send },
    Behaviour { name: "send_product", needs_session: false, run: send::send },
    Behaviour { name: "send_forward", needs_session: false, run: send::send },
    Behaviour { name: "update_outbound", needs_session: false, run: outbound::update },
    Behaviour { name: "delete_outbound", needs_session: false, run: outbound::delete },
    Behaviour { name: "number_exists", needs_session: false, run: numbers::exists },
    Behaviour { name: "validate_numbers", needs_session: false, run: numbers::validate },
    Behaviour { name: "set_campaign_status", needs_session: false, run: campaigns::set_status },
    Behaviour { name: "list_campaign_contacts", needs_session: false, run: campaigns::list_contacts },
    Behaviour { name: "create_webhook", needs_session: false, run: webhooks::create },
    Behaviour { name: "update_webhook", needs_session: false, run: webhooks::update },
    Behaviour { name: "enable_webhook", needs_session: false, run: webhooks::enable },
    Behaviour { name: "list_webhook_logs", needs_session: false, run: webhooks::list_logs },
    Behaviour { name: "sync_session", needs_session: true, run: session::sync },
    Behaviour { name: "send_typing", needs_session: true, run: chat_phone::send_typing },
    Behaviour { name: "sync_chats", needs_session: true, run: chat_phone::sync_chats },
    Behaviour { name: "sync_chat_messages", needs_session: true, run: chat_phone::sync_chat_messages },
    Behaviour { name: "list_participants", needs_session: false, run: chat_phone::list_participants },
    Behaviour { name: "set_read_status", needs_session: false, run: chats::set_read_status },
    Behaviour { name: "create_note", needs_session: false, run: chat_notes::create },
    Behaviour { name: "delete_notes", needs_session: false, run: chat_notes::delete },
    Behaviour { name: "update_chat_labels", needs_session: false, run: chats::update_labels },
    Behaviour { name: "update_chat_attributes", needs_session: false, run: chats::update_attributes },
    Behaviour { name: "archive_chat", needs_session: false, run: chats::archive },
    Behaviour { name: "unarchive_chat", needs_session: false, run: chats::unarchive },
    Behaviour { name: "delete_chat", needs_session: false, run: chats::delete },
    Behaviour { name: "bulk_update_chats", needs_session: false, run: chat_bulk::update },
    Behaviour { name: "update_contact", needs_session: false, run: contacts::update },
    Behaviour { name: "bulk_create_contacts", needs_session: false, run: contacts::bulk_create },
    Behaviour { name: "block_contacts", needs_session: true, run: contacts::block },
    Behaviour { name: "unblock_contacts", needs_session: true, run: contacts::unblock },
    Behaviour { name: "get_delivery_info", needs_session: false, run: messages::delivery_info },
    Behaviour { name: "edit_message", needs_session: true, run: messages::edit },
    Behaviour { name: "delete_message", needs_session: false, run: messages::delete },
    Behaviour { name: "download_chat_file", needs_session: false, run: chat_files::download },
    Behaviour { name: "delete_quick_replies", needs_session: false, run: office::delete_quick_replies },
    Behaviour { name: "delete_meeting_links", needs_session: false, run: office::delete_meeting_links },
    Behaviour { name: "create_department", needs_session: false, run: office::create_department },
    Behaviour { name: "update_department", needs_session: false, run: office::update_department },
    Behaviour { name: "list_device_members", needs_session: false, run: team::list_device_members },
    Behaviour { name: "create_team_member", needs_session: false, run: team::create },
    Behaviour { name: "update_team_member", needs_session: false, run: team::update },
    Behaviour { name: "delete_team_members", needs_session: false, run: team::delete },
    Behaviour { name: "grant_access", needs_session: false, run: team::grant_access },
    Behaviour { name: "revoke_access", needs_session: false, run: team::revoke_access },
    Behaviour { name: "create_device", needs_session: false, run: devices::create },
    Behaviour { name: "update_device", needs_session: false, run: devices::update },
    Behaviour { name: "delete_device_chats", needs_session: false, run: devices::delete_chats },
    Behaviour { name: "start_session", needs_session: false, run: session::start },
    Behaviour { name: "scan_session", needs_session: false, run: session::scan },
    Behaviour { name: "reset_session", needs_session: false, run: session::reset },
    Behaviour { name: "reboot_session", needs_session: false, run: session::reboot },
    Behaviour { name: "get_session_health", needs_session: false, run: session::health },
    Behaviour { name: "request_code", needs_session: false, run: session::request_code },
    Behaviour { name: "get_profile", needs_session: false, run: profile::get },
    Behaviour { name: "update_profile", needs_session: true, run: profile::update },
    Behaviour { name: "get_profile_image", needs_session: false, run: profile::image },
    Behaviour { name: "update_profile_image", needs_session: true, run: profile::update_image },
    Behaviour { name: "get_catalog", needs_session: false, run: catalog::get },
    Behaviour { name: "query_catalog", needs_session: true, run: catalog::query },
    Behaviour { name: "create_group", needs_session: true, run: groups::create },
    Behaviour { name: "update_group", needs_session: true, run: groups::update },
    Behaviour { name: "update_group_image", needs_session: true, run: groups::update_image },
    Behaviour { name: "get_invite_code", needs_session: false, run: groups::invite_code },
    Behaviour { name: "revoke_invite_code", needs_session: true, run: groups::revoke_invite_code },
    Behaviour { name: "join_group", needs_session: true, run: groups::join },
    Behaviour { name: "leave_group", needs_session: true, run: groups::leave },
    Behaviour { name: "add_participants", needs_session: true, run: members::add_participants },
    Behaviour { name: "update_participants", needs_session: true, run: members::update_participants },
    Behaviour { name: "remove_participants", needs_session: true, run: members::remove_participants },
    Behaviour { name: "list_pending_members", needs_session: false, run: members::list_pending },
    Behaviour { name: "approve_members", needs_session: true, run: members::approve },
    Behaviour { name: "reject_members", needs_session: true, run: members::reject },
    Behaviour { name: "create_channel", needs_session: true, run: channels::create },
    Behaviour { name: "update_channel", needs_session: true, run: channels::update },
    Behaviour { name: "update_channel_image", needs_session: true, run: channels::update_image },
    Behaviour { name: "join_channel", needs_session: true, run: channels::join },
    Behaviour { name: "search_channels", needs_session: true, run: channels::search },
    Behaviour { name: "update_user_status", needs_session: true, run: user_status::update },
    Behaviour { name: "delete_user_status", needs_session: false, run: user_status::delete },
    Behaviour { name: "upload_file", needs_session: false, run: files::upload },
    Behaviour { name: "update_file", needs_session: false, run: files::update },
    Behaviour { name: "delete_file", needs_session: false, run: files::delete },
    Behaviour { name: "bulk_delete_files", needs_session: false, run: files::bulk_delete },
    Behaviour { name: "download_file", needs_session: false, run: files::download },
    Behaviour { name: "get_file_preview", needs_session: false, run: files::preview },
];

/// The behaviour called `name`.
pub fn find(name: &str) -> Option<&'static Behaviour> {
    ALL.iter().find(|behaviour| behaviour.name == name)
}
