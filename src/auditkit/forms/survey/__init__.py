"""The form for survey tools."""
