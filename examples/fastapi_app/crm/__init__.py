"""A small service beside a CRM: it resolves chats, keeps what customers write, and syncs rows in the background."""
