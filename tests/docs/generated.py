"""The pages of docs/ that are made from the program itself; `python -m tests.docs.generated` writes them anew."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[2]


def commands_page() -> str:
    import typer.main

    from auditkit.cli.main import application

    group = typer.main.get_command(application())
    lines = [
        "# All commands",
        "",
        "Made from the program (`python -m tests.docs.generated`). `auditkit COMMAND --help` says more.",
        "",
        "| command | what it does | options |",
        "|---|---|---|",
    ]
    for name, command in sorted(_leaves(group, "")):
        options = [opt.opts[0] for opt in command.params if opt.opts[0].startswith("--") and opt.name != "help"]
        args = [f"{arg.name.upper()}" for arg in command.params if not arg.opts[0].startswith("-")]
        what = (command.help or "").strip().splitlines()[0] if command.help else ""
        lines.append(f"| `{' '.join(['auditkit', name, *args])}` | {what} | {' '.join(f'`{o}`' for o in options)} |")
    return "\n".join(lines) + "\n"


def _leaves(group, prefix):
    for name, command in group.commands.items():
        path = f"{prefix} {name}".strip()
        if hasattr(command, "commands"):
            yield from _leaves(command, path)
        else:
            yield path, command


def problems_page() -> str:
    from auditkit.cli.codes import every_code

    lines = [
        "# Problem codes",
        "",
        "Made from the program (`python -m tests.docs.generated`); `auditkit problem CODE` prints one card.",
        "",
        "| code | severity | what it finds | why it matters | how to mend it |",
        "|---|---|---|---|---|",
    ]
    for code in every_code().values():
        cells = (code.code, code.severity, code.finds, code.why, code.mend)
        lines.append("| " + " | ".join(" ".join(str(c).split()).replace("|", "\\|") for c in cells) + " |")
    return "\n".join(lines) + "\n"


def dictionary_page() -> str:
    from auditkit.results.columns import EXPORTED

    lines = ["# The tidy tables", "", "Made from the program (`python -m tests.docs.generated`).", ""]
    for table in EXPORTED:
        lines += [f"## {table.name}", "", table.doc, "", "| column | type | what it holds |", "|---|---|---|"]
        lines += [f"| `{c.name}` | {c.type} | {c.doc} |" for c in table.columns]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


PAGES = {"commands.md": commands_page, "problems.md": problems_page, "tables.md": dictionary_page}

if __name__ == "__main__":
    for name, make in PAGES.items():
        (ROOT / "docs" / name).write_text(make(), encoding="utf-8")
        print(f"docs/{name}")  # noqa: T201
