from __future__ import annotations

from pathlib import PurePosixPath, PureWindowsPath

from hypothesis import given
from hypothesis import strategies as st

from auditkit.run.names import LONGEST, safe_names


def test_names__a_good_code_is_its_own_name():
    assert safe_names(["B01", "Almaty 7", "Бөлімше-3"]) == {c: c for c in ("B01", "Almaty 7", "Бөлімше-3")}


def test_names__what_differs_in_capitals_only_is_told_apart():
    found = safe_names(["ab", "AB"])
    assert len({name.casefold() for name in found.values()}) == 2


@given(
    st.sets(st.text(max_size=120) | st.sampled_from(["CON", "con", "nul.txt", "../../x", "a/b", "a\\b", "", ".", " "]))
)
def test_names__are_names_on_every_system_and_no_two_alike(codes):
    found = safe_names(codes)
    assert set(found) == codes
    assert len({name.casefold() for name in found.values()}) == len(codes)
    for name in found.values():
        assert 0 < len(name) <= LONGEST + 8
        assert name not in (".", "..")
        assert PurePosixPath(name).name == name
        assert PureWindowsPath(name).name == name
        assert not name.endswith((" ", "."))
        assert name.partition(".")[0].casefold() not in ("con", "prn", "aux", "nul", "com1", "lpt1")
        name.encode("utf-8")
