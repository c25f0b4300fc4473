"""What shoppers fill; it comes back through intake."""
