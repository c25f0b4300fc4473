"""Foreign files as neutral rows with places; nothing here knows what the rows are about."""
