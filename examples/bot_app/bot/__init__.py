"""A bot that answers WhatsApp messages."""
