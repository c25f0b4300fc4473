"""Why a file can't be read as a table: the code of each fault, in plain words."""

from __future__ import annotations

from auditkit.problems import Code, Severity, declare

_ASK = "Ask the sender for the file as .xlsx or .csv, saved anew in Excel, LibreOffice or Google Sheets."
_AGAIN = "Open it in Excel or LibreOffice and save it as .xlsx."


def _code(number: str, finds: str, why: str, mend: str = _ASK) -> Code:
    return declare(number, Severity.ERROR, finds=finds, why=why, mend=mend)


GONE = _code("F101", "A file that is not there.", "Nothing of it can be read.", "Check its name and folder.")
FORBIDDEN = _code(
    "F102",
    "A file that may not be read.",
    "Nothing of it can be read.",
    "Give yourself the right to read it, or close the program that holds it.",
)
EMPTY = _code(
    "F103",
    "An empty file.",
    "A report came in with nothing in it, often an upload that was cut off.",
)
LOCKED = _code(
    "F104",
    "A workbook with a password.",
    "What is in it can't be read without the password.",
    "Open it, take the password away (File, Info, Protect Workbook), save it and send it again.",
)
OLD = _code(
    "F105",
    "A workbook in the old .xls form.",
    "Only the present form (.xlsx) is read.",
    "Open it and save it as .xlsx.",
)
OUR_PAGE = _code(
    "F125",
    "The page form itself, where the report that it gives should be.",
    "What was filled in stays in the browser; it is in the file that the page saves or shares.",
    "Open the page again on the same device, go to its last step, and save or share the report.",
)
PAGE = _code(
    "F106",
    "A web page under the name of a workbook.",
    "Some programs export HTML and call it .xls or .xlsx.",
    _AGAIN,
)
TRUNCATED = _code(
    "F107",
    "A workbook that is cut off or damaged.",
    "It can't be unpacked: the upload or the disk lost a part of it.",
    "Ask for the file again.",
)
BOMB = _code(
    "F108",
    "A file that would unpack to an enormous size.",
    "Such files are made to bring programs down; no form is like that.",
)
ENTITIES = _code(
    "F109",
    "A workbook with definitions (DOCTYPE) in its XML.",
    "No spreadsheet program writes them; they are used for attacks.",
)
OTHER = _code(
    "F110",
    "A file that is no table: a document, a picture, a PDF …",
    "Answers can't be read from it.",
)
HARD = _code(
    "F111",
    "A workbook that no reader understands.",
    "Its inside does not follow the format.",
)
SLOW = _code(
    "F112",
    "A workbook that takes too long to read.",
    "It claims an enormous area or is made badly.",
)
BIG = _code(
    "F113",
    "A workbook with more filled cells than are read.",
    "Memory would not suffice.",
    "Split it, or send it as .csv: that is read at any size.",
)
LARGE = _code(
    "F114",
    "A JSON document that is too large to be read as a whole.",
    "Memory would not suffice.",
    "Send it as JSON lines, a report a line: that is read at any size.",
)
SYNTAX = _code(
    "F120",
    "JSON that is not well-formed.",
    "From that place on nothing can be understood.",
    "Correct it at that place, or export it again.",
)
TWICE = _code(
    "F121",
    "JSON with the same key twice in one object.",
    "One of the two values would be lost without a word.",
    "Take one of them away.",
)
NO_NUMBER = _code(
    "F122",
    "NaN or Infinity in JSON, or a number of hundreds of digits.",
    "Nothing can be reckoned with it.",
    "Put the number, or null.",
)
DEEP = _code(
    "F123",
    "JSON that is nested too deep.",
    "No report is; such files are made to bring programs down.",
)
UNCLOSED = _code(
    "F124",
    "A quotation mark at the beginning of a cell that is never closed.",
    "Everything behind it, to the end of the file, would be one cell: rows would be lost without a word.",
    "Close the quotation mark or take it away, or ask for the file again: it may be cut off.",
)
LOCK_FILE = declare(
    "F130",
    Severity.NOTE,
    finds="A lock file (~$…) that Excel leaves while a workbook is open.",
    why="It holds no answers.",
    mend="Nothing; it goes away when the workbook is closed.",
)
