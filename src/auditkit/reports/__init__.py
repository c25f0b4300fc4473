"""What people read: workbooks, the terminal, JSON, all from the same figures."""
