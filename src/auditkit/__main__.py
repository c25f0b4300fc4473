"""`python -m auditkit`."""

from auditkit.cli.start import main

if __name__ == "__main__":  # whoever looks through all modules only wants to read this one
    main()
