"""Questions asked of the tidy tables, and the figures that reports are built from."""
