"""A definition proposed from a foreign workbook or table, with every guess that went into it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from auditkit.definitions.documents import Keys
from auditkit.editing.draft import Draft
from auditkit.editing.foreign import guesses as g
from auditkit.editing.foreign import words as w
from auditkit.editing.foreign.answers import answers_of
from auditkit.editing.foreign.asked import RECORDED, Asked, asked_as, is_exact, plain
from auditkit.editing.foreign.lines import coded
from auditkit.editing.foreign.naming import Names, slug
from auditkit.editing.foreign.notes import Notes, in_all
from auditkit.editing.foreign.shapes import is_survey, of_survey, split_languages
from auditkit.editing.foreign.tables import Found, find_table, own_texts
from auditkit.editing.foreign.tree import Item, Node, items_of, number_of, title_of, tree_of
from auditkit.problems import Place
from auditkit.tables.table import Book, cell_name

VERSION = "0.1.0"


class Wishes(NamedTuple):
    """What whoever calls knows better than the file."""

    id: str = ""
    sheets: tuple[str, ...] = ()
    written_in: str = ""


def propose(book: Book, wishes: Wishes) -> Draft | None:
    """The proposal with its guesses among its problems; `None` where no sheet holds questions."""
    return _Proposer(book, wishes).propose()


class _Proposer:
    def __init__(self, book: Book, wishes: Wishes) -> None:
        self._book, self._wishes = book, wishes
        self._draft = Draft({})
        self._notes = Notes(book, self._draft)
        self._names, self._section_names = Names(), Names()
        self._points = False
        self._language = "en"

    def propose(self) -> Draft | None:
        tables = list(self._tables())
        if not tables:
            return None
        self._language = self._wishes.written_in or w.language_of(text for each in tables for text in own_texts(each))
        for each in tables:
            self._say_columns(each)
        tops = tree_of(tables, self._notes)
        items = [item for node in tops for item in items_of(node)]
        if not items:
            return None
        self._points = not all(is_exact(item.answers) for item in items)
        self._head(tables)
        self._draft.data["sections"] = self._sections(tops, ("sections",))
        self._say_weights(tables, tops)
        if not any(each.column(name) for each in tables for name in ("weight", "points")):
            _drop_alike(self._draft.data["sections"])
        self._comments()
        return self._draft

    def _tables(self) -> Iterator[Found]:
        survey = next((sheet for sheet in self._book.sheets if is_survey(sheet)), None)
        if survey is not None:
            yield of_survey(self._book, survey)
            return
        for sheet in self._book.sheets:
            if self._wishes.sheets and sheet.name not in self._wishes.sheets:
                continue
            found = None if sheet.hidden and not self._wishes.sheets else find_table(sheet)
            if found is not None:
                split_languages(found)
                yield found
            elif any(cell is not None for row in sheet.rows for cell in row):
                self._notes.say(g.ASIDE, Place(self._book.file, sheet.name), sheet.name)

    # What the columns hold

    def _say_columns(self, table: Found) -> None:
        top = max(table.header, 0)
        for each in table.columns:
            place, name = self._notes.place(table, top, each.at), each.header or cell_name(1, each.at + 1).rstrip("1")
            self._notes.say(g.COLUMN, place, name, **in_all(f"editing.field_{each.field}", "known"))
            if each.language and not w.language_named(each.header):
                self._notes.say(g.WRITTEN_IN, place, each.language, column=name)
        for at in table.levels:
            self._notes.say(
                g.COLUMN, self._notes.place(table, top, at), table.at(top, at), **in_all("editing.field_level", "known")
            )
        for at in table.aside:
            self._notes.say(
                g.ASIDE, self._notes.place(table, top, at), table.at(top, at) or cell_name(1, at + 1).rstrip("1")
            )
        question = table.column("question")
        if question is not None and not self._wishes.written_in:
            place = self._notes.place(table, top, question.at)
            self._notes.say(g.WRITTEN_IN, place, self._language, column=question.header or "")

    # The definition

    def _head(self, tables: Sequence[Found]) -> None:
        first, stem = tables[0], Path(self._book.file).stem
        title = title_of(tables, self._book.file)
        id_ = self._wishes.id or slug(title, "-") or slug(stem, "-") or "checklist"
        data = self._draft.data
        data |= {"checklist": id_, "version": VERSION, "language": self._language, "title": title, "status": "draft"}
        if self._points:
            data["scoring"] = "points"
        place = Place(self._book.file, None if self._book.kind == "csv" else first.sheet)
        self._draft.put((), place)
        self._notes.say(g.NAMED, place, id_, version=VERSION, title=title)

    def _sections(self, nodes: Iterable[Node], way: Keys) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        siblings = list(nodes)
        weighted = any(node.weight for node in siblings) and not self._points
        for node in (each for each in siblings if any(True for _ in items_of(each))):
            here: Keys = (*way, len(found))
            section: dict[str, Any] = {"id": self._section_names.of(node.title, number=node.number, kind="s")}
            section["title"] = node.title
            self._draft.put(here, node.place)
            self._translate(("sections", str(section["id"])), node.words)
            if weighted:
                section["weight"] = node.weight or ("0" if node.zero else "1")
                self._draft.put((*here, "weight"), node.place)
            if node.zero:
                self._notes.say(g.CRITICAL, node.place, node.title, effect="zero_visit")
            inside = list(node.sections)
            if node.items and inside:
                inside.insert(0, Node(node.title, node.place, node.depth + 1, items=node.items, zero=node.zero))
            if inside:
                for child in inside:
                    child.zero = child.zero or node.zero
                section["sections"] = self._sections(inside, (*here, "sections"))
            else:
                items = [self._item(item, (*here, "items", at), node) for at, item in enumerate(node.items)]
                section["items"] = items
            found.append(section)
        return found

    def _translate(self, way: tuple[str, ...], words: dict[str, tuple[str, Place]]) -> None:
        for language, (text, place) in words.items():
            if language == self._language:
                continue
            home = self._draft.words.setdefault(
                language, {"language": language, "translates": VERSION, "reviewed_by": ""}
            )
            for step in way[:-1]:
                home = home.setdefault(step, {})
            home[way[-1]] = text
            self._draft.put(way, place, language)

    def _item(self, item: Item, way: Keys, node: Node) -> dict[str, Any]:
        table, row = item.table, item.line.row
        code, text = coded(item.text)
        code = f"q{code}" if code else table.cell(row, "id")
        id_ = self._names.of(text, code=code, number=item.line.number)
        asked = asked_as(item.answers, points=self._points)
        keys = dict(asked.keys)
        out: dict[str, Any] = {"id": id_}
        if "kind" in keys:
            out["kind"] = keys.pop("kind")
        out["text"] = text
        if guidance := table.cell(row, "guidance") or self._described(table, row):
            out["guidance"] = guidance
        out |= keys
        self._weigh(out, table, row, asked)
        self._judge(out, table, row, node)
        self._draft.put(way, item.place)
        self._draft.comments[way] = [str(item.place).removeprefix(item.place.file)[1:-1]]
        self._translate(("items", id_, "text"), item.words)
        self._translate_options(out, item)
        place = self._answers_place(table, row, item.place)
        shown = " | ".join(table.cell(row, "options").split("\n"))
        if table.levels:
            shown = " | ".join(table.at(table.header, at) for at in table.levels)
        self._notes.say(g.ANSWERS, place, shown, how=asked.how)
        return out

    def _described(self, table: Found, row: int) -> str:
        column = table.column("description")
        return table.at(row, column.at) if column else ""

    def _answers_place(self, table: Found, row: int, place: Place) -> Place:
        column = table.column("options")
        if table.levels:
            return self._notes.place(table, row, table.levels[0])
        return self._notes.place(table, row, column.at) if column and table.at(row, column.at) else place

    def _weigh(self, out: dict[str, Any], table: Found, row: int, asked: Asked) -> None:
        if out.get("kind") in ("text", "photo", "timestamp", "number"):
            return
        said = number_of(table.cell(row, "weight")) or number_of(table.cell(row, "points"))
        if not said and asked.weight is not None and asked.weight > 0 and ("options" not in out or not self._points):
            said = plain(asked.weight)
        if said and said != "1" and not (self._points and "options" in out):
            out["weight"] = said

    def _judge(self, out: dict[str, Any], table: Found, row: int, node: Node) -> None:
        """Required, critical, comment and evidence, as columns of marks say."""
        scored = out.get("kind") not in ("text", "photo", "timestamp", "number")
        required = table.cell(row, "required")
        if required:
            wanted = _is_marked(required)
            if wanted != scored:
                out["required"] = "true" if wanted else "false"
        mark = table.cell(row, "critical")
        if scored and (node.zero or _is_marked(mark)):
            column = table.column("critical")
            zero = node.zero or (column is not None and w.holds(column.header, w.ZERO)) or w.holds(mark, w.ZERO)
            out["critical"] = "zero_visit" if zero else "fail"
            out["comment"] = "not_met"
            if not node.zero and column is not None:
                self._notes.say(
                    g.CRITICAL, self._notes.place(table, row, column.at), out["text"], effect=out["critical"]
                )
        if _is_marked(table.cell(row, "evidence")):
            out["evidence"] = "always"

    def _translate_options(self, out: dict[str, Any], item: Item) -> None:
        """Options in other languages, where a cell lists as many."""
        own = out.get("options")
        if not isinstance(own, list):
            return
        for each in item.table.columns:
            if each.field != "options" or not each.language:
                continue
            listed = answers_of(item.table.at(item.line.row, each.at)).options
            if len(listed) == len(own):
                place = self._notes.place(item.table, item.line.row, each.at)
                for option, said in zip(own, listed, strict=True):
                    way = ("items", out["id"], "options", option["id"])
                    self._translate(way, {each.language: (said.text, place)})

    # What is said of the whole

    def _say_weights(self, tables: Sequence[Found], tops: Sequence[Node]) -> None:
        place = self._draft.places[""][()]
        columns = [name for name in ("weight", "points", "section_weight") if any(t.column(name) for t in tables)]
        answers = [item.answers for node in tops for item in items_of(node)]
        pointed = any(option.points is not None for each in answers for option in each.options)
        key = "column" if columns else "points" if pointed else "none"
        self._notes.say(g.WEIGHING, place, self._draft.data["checklist"], **in_all(f"editing.weigh_{key}", "known"))
        if self._points:
            self._notes.say(
                g.WEIGHING, place, self._draft.data["checklist"], **in_all("editing.weigh_inexact", "known")
            )

    def _comments(self) -> None:
        name = Path(self._book.file).name
        head = f"Proposed from {name}: look over what stands below, give it grades, then set its status and version."
        self._draft.comments[()] = [head, "The cell that a question came from stands above it."]


def _drop_alike(sections: list[dict[str, Any]]) -> None:
    """Weights that nobody wrote, and that are the same for all, say nothing."""
    items = list(_items(sections))
    weighed = [item for item in items if item.get("kind") not in RECORDED]
    if len({item.get("weight") for item in weighed}) == 1:
        for item in items:
            item.pop("weight", None)


def _items(sections: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for section in sections:
        yield from section.get("items", ())
        yield from _items(section.get("sections", []))


def _is_marked(text: str) -> bool:
    return bool(text) and w.is_one_of(text, (*w.YES, *w.MARKS, *w.ZERO))
