"""Definitions written by the program: out of a workbook and into one, proposed from a foreign sheet, or begun."""
