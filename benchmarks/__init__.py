"""What the program costs, as ratios within one run: `python -m benchmarks.run` prints the table."""
