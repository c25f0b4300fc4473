"""The floor that start-up is measured against: the smallest program with typer that has two commands."""

import typer

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command()
def one() -> None:
    """Print a number."""
    print(1)


@app.command()
def two() -> None:
    """Print another."""
    print(2)


if __name__ == "__main__":
    app()
