"""What things are: frozen records, no files, no clock."""
