"""A standard tried out before it is approved: people judge each of its questions, and what they say is added up."""
