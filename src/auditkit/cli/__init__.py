"""The command line: parse, call one function, print, pick the exit code."""

import gc

# Imports make many objects that stay and few that lie in circles: to look for those all the time is a tenth of a start.
gc.set_threshold(200_000, 20, 100)
