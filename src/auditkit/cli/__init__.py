"""The command line: parse, call one function, print, pick the exit code."""
