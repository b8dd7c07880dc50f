"""A small service for a CRM: it resolves chats, stores the messages of customers, and syncs rows in the background."""
