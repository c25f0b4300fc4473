"""A made-up programme with planted truths, so that everything can be tried before one's own data is there."""
