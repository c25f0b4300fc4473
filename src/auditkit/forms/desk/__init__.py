"""The form in the terminal."""
