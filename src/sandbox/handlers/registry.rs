//! The handlers of operations, by the name in their `sandbox` key.

use crate::sandbox::handlers::{
    campaigns, catalog, channels, chats, contacts, devices, files, groups, messages, outbound, participants, phone_lookup,
    profile, queue, send, session, team, user_status, webhooks, workspace,
};
use crate::sandbox::response::{ApiError, Response};
use crate::sandbox::state::schemas::CollectionSchema;
use crate::sandbox::state::{AccountState, schemas};
use crate::sandbox::validate::Call;

/// The handler of a route.
#[derive(Debug, Clone, Copy)]
pub enum Handler {
    List(&'static CollectionSchema),
    Get(&'static CollectionSchema),
    Create(&'static CollectionSchema),
    Update(&'static CollectionSchema),
    Delete(&'static CollectionSchema),
    Custom(&'static HandlerDef),
}

/// The generic handler that `<collection>.<verb>` names.
pub fn find_crud(name: &str) -> Option<Handler> {
    let (collection, verb) = name.split_once('.')?;
    let schema = schemas::find(collection)?;
    match verb {
        "list" => Some(Handler::List(schema)),
        "get" => Some(Handler::Get(schema)),
        "create" => Some(Handler::Create(schema)),
        "update" => Some(Handler::Update(schema)),
        "delete" => Some(Handler::Delete(schema)),
        _ => None,
    }
}

/// The custom handler called `name`.
pub fn find_custom(name: &str) -> Option<Handler> {
    HANDLERS.iter().find(|handler| handler.name == name).map(Handler::Custom)
}

/// A custom handler.
#[derive(Debug)]
pub struct HandlerDef {
    name: &'static str,
    /// Whether the device's session must be online; otherwise the response is a 503.
    pub needs_session: bool,
    pub run: fn(&mut AccountState, &Call) -> Result<Response, ApiError>,
}

const HANDLERS: &[HandlerDef] = &[
    HandlerDef { name: "set_chat_status", needs_session: false, run: chats::set_status },
    HandlerDef { name: "assign_chat", needs_session: false, run: chats::assign },
    HandlerDef { name: "unassign_chat", needs_session: false, run: chats::unassign },
    HandlerDef { name: "create_contact", needs_session: false, run: contacts::create },
    HandlerDef { name: "upsert_metadata", needs_session: false, run: contacts::upsert_metadata },
    HandlerDef { name: "replace_metadata", needs_session: false, run: contacts::replace_metadata },
    HandlerDef { name: "get_queue", needs_session: false, run: queue::status },
    HandlerDef { name: "route_queue", needs_session: false, run: queue::route },
    HandlerDef { name: "set_queue_status", needs_session: false, run: queue::set_status },
    HandlerDef { name: "empty_queue", needs_session: false, run: queue::empty },
    HandlerDef { name: "send_message", needs_session: false, run: send::send },
    HandlerDef { name: "update_outbound", needs_session: false, run: outbound::update },
    HandlerDef { name: "delete_outbound", needs_session: false, run: outbound::delete },
    HandlerDef { name: "number_exists", needs_session: false, run: phone_lookup::exists },
    HandlerDef { name: "validate_numbers", needs_session: false, run: phone_lookup::validate },
    HandlerDef { name: "set_campaign_status", needs_session: false, run: campaigns::set_status },
    HandlerDef { name: "list_campaign_contacts", needs_session: false, run: campaigns::list_contacts },
    HandlerDef { name: "create_webhook", needs_session: false, run: webhooks::create },
    HandlerDef { name: "get_webhook", needs_session: false, run: webhooks::get },
    HandlerDef { name: "update_webhook", needs_session: false, run: webhooks::update },
    HandlerDef { name: "enable_webhook", needs_session: false, run: webhooks::enable },
    HandlerDef { name: "list_webhook_logs", needs_session: false, run: webhooks::list_logs },
    HandlerDef { name: "sync_session", needs_session: true, run: session::sync },
    HandlerDef { name: "send_typing", needs_session: true, run: chats::whatsapp::send_typing },
    HandlerDef { name: "sync_chats", needs_session: true, run: chats::whatsapp::sync_chats },
    HandlerDef { name: "sync_chat_messages", needs_session: true, run: chats::whatsapp::sync_chat_messages },
    HandlerDef { name: "list_participants", needs_session: false, run: chats::whatsapp::list_participants },
    HandlerDef { name: "set_read_status", needs_session: false, run: chats::set_read_status },
    HandlerDef { name: "create_note", needs_session: false, run: chats::notes::create },
    HandlerDef { name: "delete_notes", needs_session: false, run: chats::notes::delete },
    HandlerDef { name: "update_chat_labels", needs_session: false, run: chats::update_labels },
    HandlerDef { name: "update_chat_attributes", needs_session: false, run: chats::update_attributes },
    HandlerDef { name: "archive_chat", needs_session: false, run: chats::archive },
    HandlerDef { name: "unarchive_chat", needs_session: false, run: chats::unarchive },
    HandlerDef { name: "delete_chat", needs_session: false, run: chats::delete },
    HandlerDef { name: "bulk_update_chats", needs_session: false, run: chats::bulk::update },
    HandlerDef { name: "update_contact", needs_session: false, run: contacts::update },
    HandlerDef { name: "bulk_create_contacts", needs_session: false, run: contacts::bulk_create },
    HandlerDef { name: "block_contacts", needs_session: true, run: contacts::update_blocked },
    HandlerDef { name: "unblock_contacts", needs_session: true, run: contacts::update_blocked },
    HandlerDef { name: "get_delivery_info", needs_session: false, run: messages::delivery_info },
    HandlerDef { name: "edit_message", needs_session: true, run: messages::edit },
    HandlerDef { name: "delete_message", needs_session: false, run: messages::delete },
    HandlerDef { name: "download_chat_file", needs_session: false, run: chats::files::download },
    HandlerDef { name: "delete_quick_replies", needs_session: false, run: workspace::delete_quick_replies },
    HandlerDef { name: "delete_meeting_links", needs_session: false, run: workspace::delete_meeting_links },
    HandlerDef { name: "create_department", needs_session: false, run: workspace::create_department },
    HandlerDef { name: "update_department", needs_session: false, run: workspace::update_department },
    HandlerDef { name: "list_device_members", needs_session: false, run: team::list_device_members },
    HandlerDef { name: "get_own_account", needs_session: false, run: team::me },
    HandlerDef { name: "create_team_member", needs_session: false, run: team::create },
    HandlerDef { name: "update_team_member", needs_session: false, run: team::update },
    HandlerDef { name: "delete_team_members", needs_session: false, run: team::delete },
    HandlerDef { name: "grant_access", needs_session: false, run: team::grant_access },
    HandlerDef { name: "revoke_access", needs_session: false, run: team::revoke_access },
    HandlerDef { name: "create_device", needs_session: false, run: devices::create },
    HandlerDef { name: "update_device", needs_session: false, run: devices::update },
    HandlerDef { name: "delete_device_chats", needs_session: false, run: devices::delete_chats },
    HandlerDef { name: "start_session", needs_session: false, run: session::start },
    HandlerDef { name: "scan_session", needs_session: false, run: session::scan },
    HandlerDef { name: "reset_session", needs_session: false, run: session::reset },
    HandlerDef { name: "reboot_session", needs_session: false, run: session::reboot },
    HandlerDef { name: "get_session_health", needs_session: false, run: session::health },
    HandlerDef { name: "request_code", needs_session: false, run: session::request_code },
    HandlerDef { name: "get_profile", needs_session: false, run: profile::get },
    HandlerDef { name: "update_profile", needs_session: true, run: profile::update },
    HandlerDef { name: "get_profile_image", needs_session: false, run: profile::image },
    HandlerDef { name: "update_profile_image", needs_session: true, run: profile::update_image },
    HandlerDef { name: "get_catalog", needs_session: false, run: catalog::get },
    HandlerDef { name: "query_catalog", needs_session: true, run: catalog::query },
    HandlerDef { name: "create_group", needs_session: true, run: groups::create },
    HandlerDef { name: "update_group", needs_session: true, run: groups::update },
    HandlerDef { name: "update_group_image", needs_session: true, run: groups::update_image },
    HandlerDef { name: "get_invite_code", needs_session: false, run: groups::invite_code },
    HandlerDef { name: "revoke_invite_code", needs_session: true, run: groups::revoke_invite_code },
    HandlerDef { name: "join_group", needs_session: true, run: groups::join },
    HandlerDef { name: "leave_group", needs_session: true, run: groups::leave },
    HandlerDef { name: "add_participants", needs_session: true, run: participants::add_participants },
    HandlerDef { name: "update_participants", needs_session: true, run: participants::update_participants },
    HandlerDef { name: "remove_participants", needs_session: true, run: participants::remove_participants },
    HandlerDef { name: "list_pending_members", needs_session: false, run: participants::list_pending },
    HandlerDef { name: "approve_members", needs_session: true, run: participants::approve },
    HandlerDef { name: "reject_members", needs_session: true, run: participants::reject },
    HandlerDef { name: "create_channel", needs_session: true, run: channels::create },
    HandlerDef { name: "update_channel", needs_session: true, run: channels::update },
    HandlerDef { name: "update_channel_image", needs_session: true, run: channels::update_image },
    HandlerDef { name: "join_channel", needs_session: true, run: channels::join },
    HandlerDef { name: "search_channels", needs_session: true, run: channels::search },
    HandlerDef { name: "update_user_status", needs_session: true, run: user_status::update },
    HandlerDef { name: "delete_user_status", needs_session: false, run: user_status::delete },
    HandlerDef { name: "upload_file", needs_session: false, run: files::upload },
    HandlerDef { name: "update_file", needs_session: false, run: files::update },
    HandlerDef { name: "delete_file", needs_session: false, run: files::delete },
    HandlerDef { name: "bulk_delete_files", needs_session: false, run: files::bulk_delete },
    HandlerDef { name: "download_file", needs_session: false, run: files::download },
    HandlerDef { name: "get_file_preview", needs_session: false, run: files::preview },
];
