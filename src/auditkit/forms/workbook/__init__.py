"""The form as an Excel workbook."""
