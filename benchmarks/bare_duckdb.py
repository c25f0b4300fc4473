"""The yardstick for a wide csv: DuckDB alone reads it and counts how often each answer to each question was given."""

import sys

import duckdb


def grouped(path: str) -> int:
    """How many different answers there are to all questions; every column from the fifth on is a question."""
    with duckdb.connect() as connection:
        read = f"SELECT * EXCLUDE (visit, branch, shopper, date) FROM read_csv('{path}', all_varchar = true)"
        answers = f"UNPIVOT ({read}) ON COLUMNS(*) INTO NAME item VALUE answer"
        return len(connection.execute(f"SELECT item, answer, count(*) FROM ({answers}) GROUP BY ALL").fetchall())


if __name__ == "__main__":
    print(grouped(sys.argv[1]))
