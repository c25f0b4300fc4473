"""The standard as staff read it: a book for all, leaflets per position, questions for newcomers."""
