"""Which input columns become the contact, the device and the metadata of a row."""
