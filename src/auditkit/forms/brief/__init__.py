"""The one-page brief of a visit."""
