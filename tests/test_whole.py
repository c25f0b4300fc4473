"""Files appear whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditkit.whole import part_of, whole, write_letter, write_whole


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_whole__takes_the_place_of_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("old", encoding="utf-8")
    with whole(path) as part:
        part.write_text("new", encoding="utf-8")
        assert path.read_text(encoding="utf-8") == "old"
    assert path.read_text(encoding="utf-8") == "new"
    assert names(tmp_path) == ["a.csv"]


def test_whole__that_fails_leaves_what_was_there_and_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("old", encoding="utf-8")

    def half() -> None:
        with whole(path) as part:
            part.write_text("ne", encoding="utf-8")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        half()
    assert path.read_text(encoding="utf-8") == "old"
    assert names(tmp_path) == ["a.csv"]


def test_write_whole__into_no_folder(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_whole(tmp_path / "none/a.csv", b"new", lasting=True)


def test_write_whole__over_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.csv").mkdir()
    with pytest.raises(OSError, match=r"a\.csv"):
        write_whole(tmp_path / "a.csv", b"new")
    assert names(tmp_path) == ["a.csv"]


@pytest.mark.parametrize("name", ["x" * 250 + ".xlsx", "я" * 125 + ".xlsx", "x" * 247 + ".xlsx", "€" * 85])
def test_whole__under_the_longest_name_that_a_disk_takes(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with whole(path) as part:
        part.write_text("new", encoding="utf-8")
        (found,) = names(tmp_path)
        assert found.endswith(".part")
    assert names(tmp_path) == [name]


def test_part_of__no_two_long_names_share_one() -> None:
    long = [part_of(Path("x" * 250 + f"{n}.csv")) for n in range(3)]
    assert len(set(long)) == 3
    assert part_of(Path("a/b.csv")) == Path("a/b.csv.part")


def test_write_letter__as_the_plainest_editor_shows_it(tmp_path: Path) -> None:
    write_letter(tmp_path / "letters/B01.txt", "Сәлеметсіз бе\nА\n")
    assert (tmp_path / "letters/B01.txt").read_bytes() == "\ufeffСәлеметсіз бе\r\nА\r\n".encode()
