"""`client.map`: many calls at once. Its modules load on first use."""
