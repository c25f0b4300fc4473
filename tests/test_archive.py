import os
from io import BytesIO

from auditkit.archive import FixedArchive


def archived(path, time):
    os.utime(path, (time, time))
    target = BytesIO()
    with FixedArchive(target, "w") as archive:
        archive.write(path, "sheet.xml")
    return target.getvalue()


def test_file_in_an_archive__its_time_does_not_show(tmp_path):
    path = tmp_path / "part"
    path.write_bytes(b"<sheet/>")
    assert archived(path, 1_700_000_000) == archived(path, 1_790_000_000)
