"""A whole run: files in, scored visits and reports out, over as many processes as there are."""
