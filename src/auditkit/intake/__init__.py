"""What comes in from people and other programs, read into submissions."""
