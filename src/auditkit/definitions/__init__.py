"""Definitions and programme folders read from files, proved, and found again."""
