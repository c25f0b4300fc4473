"""Definitions written by the program: a standard out of and into a workbook, proposed from a foreign sheet, or begun."""
