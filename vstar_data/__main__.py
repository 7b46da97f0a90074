"""`python -m vstar_data` is the command line."""

from vstar_data.cli import main

if __name__ == "__main__":
    main()
