"""Separated text as programs really write it: encodings, separators, line ends, quotation marks."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditkit.tables.encodings import SAMPLE, encoding_of
from auditkit.tables.opening import open_book

RUSSIAN = "Филиал;Дата;Вопрос 1\r\nГлавная улица;20.08.2026;Да\r\nВокзал;21.08.2026;Нет, бейджа не было\r\n"
POLISH = "Placówka;Czy pracownik się przedstawił?\r\nŁódź;Nie, nie był życzliwy\r\nŚwidnica;Tak\r\n"
ROMANIAN = "Unitatea;Angajatul v-a salutat?\r\nBraşov;Da, şi a zâmbit\r\nPiteşti;Nu, a vorbit încet în faţa casei\r\n"


def opened(folder: Path, data: bytes, name: str = "visits.csv"):
    path = folder / name
    path.write_bytes(data)
    book, problems = open_book(path, name=name)
    assert book is not None, problems
    return book


def rows(folder: Path, data: bytes, name: str = "visits.csv") -> list[list[object]]:
    return list(opened(folder, data, name).sheets[0].rows)


def cells(text: str, separator: str = ";") -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.replace("\r\n", "\n")), delimiter=separator))


# -- encodings ----------------------------------------------------------------------------------------------------

ENCODINGS = [
    *((RUSSIAN, encoding) for encoding in ("cp1251", "koi8-r", "cp866")),
    *((text, encoding) for text in (POLISH, ROMANIAN) for encoding in ("cp1250", "iso8859-2")),
    *((text, encoding) for text in (RUSSIAN, POLISH, ROMANIAN) for encoding in ("utf-8", "utf-8-sig", "utf-16")),
]


@pytest.mark.parametrize(("text", "encoding"), ENCODINGS)
def test_pain_02_03_04__encodings__ok(text, encoding, tmp_path):
    assert rows(tmp_path, text.encode(encoding)) == cells(text)


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp866"])
def test_pain_03__capitals_alone__ok(encoding, tmp_path):
    text = "ФИЛИАЛ;ДАТА ВИЗИТА;ВЕЖЛИВОСТЬ\nВОКЗАЛ;21.08.2026;НЕТ\n"
    assert rows(tmp_path, text.encode(encoding)) == cells(text)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_pain_04__utf_16_without_its_mark__ok(encoding, tmp_path):
    text = RUSSIAN.replace(";", "\t")
    assert rows(tmp_path, text.encode(encoding), "visits.txt") == cells(text, "\t")


def test_pain_04__unicode_text_of_excel__ok(tmp_path):
    book = opened(tmp_path, RUSSIAN.replace(";", "\t").encode("utf-16"), "visits.txt")
    assert (book.encoding, book.separator) == ("utf-16", "\t")
    assert list(book.sheets[0].rows) == cells(RUSSIAN)


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp1250"])
def test_pain_03__letters_only_after_pages_of_plain_ones__ok(encoding, tmp_path):
    """A sample of the beginning tells nothing: there is not one letter outside ASCII in it."""
    words = "Нет, бейджа не было" if encoding != "cp1250" else "Nie był życzliwy"
    text = "branch;comment\n" + "B01;nothing to say about it\n" * (SAMPLE // 20) + f"B02;{words}\n"
    assert rows(tmp_path, text.encode(encoding))[-1] == ["B02", words]


def test_pain_03__one_letter_cut_in_half__still_utf_8(tmp_path):
    """A program that cuts comments at 255 bytes leaves half a letter."""
    data = RUSSIAN.encode().replace("Нет, бейджа не было".encode(), "Нет, бейджа не было".encode()[:-1])
    assert rows(tmp_path, data)[2][2] == "Нет, бейджа не был\ufffd"


@pytest.mark.parametrize("encoding", ["cp1250", "iso8859-2"])
def test_pain_03__two_encodings_that_differ_in_three_letters__told_by_them(encoding, tmp_path):
    """Read in the other one, `rozłączył` is two words with a sign between them."""
    text = "pytanie;wynik\nCzy pracownik rozłączył?;Tak\n"
    assert rows(tmp_path, text.encode(encoding)) == cells(text)


def test_encoding__a_mark_is_no_part_of_the_first_header(tmp_path):
    assert rows(tmp_path, b"\xef\xbb\xbfbranch;clean\r\nB01;yes\r\n")[0] == ["branch", "clean"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(RUSSIAN.split()), min_size=4), st.sampled_from(["cp1251", "koi8-r", "cp866"]))
def test_encoding__words_in_any_order(words, encoding):
    text = "Вежливость сотрудника " + " ".join(words)
    assert text.encode(encoding).decode(encoding_of(text.encode(encoding))) == text


# -- separators ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_pain_01__separator__ok(separator, tmp_path):
    text = separator.join("abc") + "\n" + f'"one{separator} two"{separator}2{separator}3\n'
    book = opened(tmp_path, text.encode())
    assert book.separator == separator
    assert list(book.sheets[0].rows)[1] == [f"one{separator} two", "2", "3"]


def test_pain_01__decimal_commas_in_every_cell__no_separators(tmp_path):
    text = "clean;light;floor\n" + "4,5;3,5;1,0\n" * 30
    assert rows(tmp_path, text.encode())[5] == ["4,5", "3,5", "1,0"]


def test_pain_01__commas_in_comments__no_separators(tmp_path):
    text = "branch;comment\n" + "B01;clean, light, warm, and quiet\n" * 30
    assert rows(tmp_path, text.encode())[5] == ["B01", "clean, light, warm, and quiet"]


def test_pain_01__a_title_above_the_table(tmp_path):
    text = "Report of August, all branches\n\nbranch;clean;light\n" + "B01;yes;no\n" * 5
    assert rows(tmp_path, text.encode())[2] == ["branch", "clean", "light"]


def test_pain_05__sep_line__ok(tmp_path):
    """As in Excel, the line is none: the headers stand in row 1."""
    for line in ("sep=;", "SEP=;", '"sep=;"', "\ufeffsep=;"):
        assert rows(tmp_path, f"{line}\r\nbranch;a,b,c,d\r\nB01;1,5\r\n".encode())[0] == ["branch", "a,b,c,d"]


# -- lines -----------------------------------------------------------------------------------------------------------


def test_pain_06__cr_alone__ok(tmp_path):
    assert rows(tmp_path, RUSSIAN.replace("\r\n", "\r").encode("cp1251")) == cells(RUSSIAN)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_pain_07__line_breaks_in_quoted_cells__ok(end, tmp_path):
    text = f'branch;comment{end}B01;"first{end}second ""quoted""; third"{end}B02;fine{end}'
    found = rows(tmp_path, text.encode())
    assert found == [["branch", "comment"], ["B01", f'first{end}second "quoted"; third'], ["B02", "fine"]]


def test_zero_bytes__left_out(tmp_path):
    assert rows(tmp_path, b"branch;clean\nB01;y\x00es\n" + b"B02;no\n" * 300)[1] == ["B01", "yes"]


def test_a_quotation_mark_never_closed__error(tmp_path):
    text = 'branch;comment\nB01;fine\nB02;"no badge\nB03;fine\nB04;fine\n'
    (tmp_path / "v.csv").write_text(text, encoding="utf-8")
    book, (found,) = open_book(tmp_path / "v.csv", name="v.csv")
    assert book is None
    assert (found.code, str(found.place)) == ("F124", "v.csv:3")


def test_a_quotation_mark_never_closed__in_utf_16__error(tmp_path):
    (tmp_path / "v.csv").write_bytes('sep=;\nbranch;comment\nB02;"no\nB03;x\n'.encode("utf-16"))
    book, (found,) = open_book(tmp_path / "v.csv", name="v.csv")
    assert book is None
    assert (found.code, found.place.line) == ("F124", 3)


def test_quotation_marks_inside_a_cell__ok(tmp_path):
    found = rows(tmp_path, b'branch;comment\nB01;a 5" screen\nB02;fine\n')
    assert found[1:] == [["B01", 'a 5" screen'], ["B02", "fine"]]


def test_rows__gone_through_again_and_never_held(tmp_path):
    sheet = opened(tmp_path, b"branch;clean\nB01;yes\n").sheets[0]
    assert list(sheet.rows) == list(sheet.rows)
    first = iter(sheet.rows)
    assert next(first) == ["branch", "clean"]


FIELD = st.text(st.characters(blacklist_categories=("Cs", "Cc")) | st.sampled_from("\r\n\t"), max_size=8)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(FIELD, min_size=3, max_size=3), min_size=1, max_size=6), st.sampled_from(";,\t"))
def test_whatever_the_csv_module_writes_is_read_back(tmp_path_factory, table, separator):
    path = tmp_path_factory.getbasetemp() / "any.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=separator, quoting=csv.QUOTE_ALL)
        writer.writerow(["branch", "date", "clean"])
        writer.writerows(table)
    book, problems = open_book(path)
    assert book is not None, problems
    assert list(book.sheets[0].rows)[1:] == table
