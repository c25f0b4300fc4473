"""What came of every submission as tidy tables: rows, files of them, and DuckDB over these."""
