"""Rules that a checklist should keep, one file per family."""
