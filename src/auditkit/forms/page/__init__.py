"""The form as one HTML page."""
