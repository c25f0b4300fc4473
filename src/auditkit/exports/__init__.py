"""What analysts and other systems are handed, one module a target."""
