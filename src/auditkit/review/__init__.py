"""Decisions that go out as a workbook and come back as one."""
