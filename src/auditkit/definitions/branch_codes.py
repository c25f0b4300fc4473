"""The branch that a row of another table of the programme names; Excel may have taken the zeros from its code."""

from __future__ import annotations

from collections.abc import Mapping

from auditkit.definitions.rows import Row
from auditkit.model.programme import Branch
from auditkit.problems import Problem, Severity, declare, nearest

NO_BRANCH = declare(
    "D480",
    Severity.ERROR,
    finds="A row of managers.csv, staff.csv or history.csv that names no branch, or one not in branches.csv.",
    why="It would belong to no branch, and nobody would see that it is missing.",
    mend="Correct the code, or add the branch.",
)
ZEROS_BACK = declare(
    "D481",
    Severity.NOTE,
    finds="Branch codes in managers.csv, staff.csv or history.csv that had lost the zeros before them.",
    why="Excel turns 007 into 7 when a csv is opened. Where only one branch can be meant, it is taken.",
    mend="Nothing; or format the column as text and write the zeros again.",
)


class BranchCodes:
    """Finds the branches of the rows of one table, and says what is wrong with their codes."""

    def __init__(self, branches: Mapping[str, Branch]) -> None:
        self._branches = branches
        digits = [code for code in branches if code.isdigit()]
        short = {code.lstrip("0"): code for code in digits}
        # 7 is 007 only where there is no 07 beside it.
        self._whole = short if len(short) == len(digits) else {}
        self._mended: list[Row] = []
        self.unknown: list[Problem] = []

    def of(self, row: Row) -> str:
        """The code as branches.csv has it; '' where there is no such branch, which is said."""
        code = row.text("branch")
        if code in self._branches:
            return code
        if code.isdigit() and (whole := self._whole.get(code.lstrip("0"))) is not None:
            self._mended.append(row)
            return whole
        near = nearest(code, self._branches) or ", ".join(list(self._branches)[:8])
        self.unknown.append(row.say(NO_BRANCH, "branch", code, nearest=near))
        return ""

    @property
    def problems(self) -> list[Problem]:
        """One for every branch that is not known, and one for all codes that were mended."""
        if not self._mended:
            return self.unknown
        codes = list(dict.fromkeys(row.text("branch") for row in self._mended))
        said = ", ".join(codes[:5]) + (" …" if len(codes) > 5 else "")
        whole = self._whole[codes[0].lstrip("0")]
        return [*self.unknown, self._mended[0].say(ZEROS_BACK, "branch", said, code=codes[0], whole=whole)]
