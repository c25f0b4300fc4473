"""A sheet of questions that somebody else made, as the proposal of a definition."""
