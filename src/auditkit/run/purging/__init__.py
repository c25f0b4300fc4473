"""What is deleted when its time is over, and what is kept of it."""
