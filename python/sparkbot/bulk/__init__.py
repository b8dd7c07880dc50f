"""Many calls: `client.map`, and what it shares with the sync. Its parts load on first use."""
