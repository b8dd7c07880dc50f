"""Tables of any library, and other items, as rows."""
