"""`python -m teipress` is the command."""

from teipress.cli import main

if __name__ == "__main__":  # processes that check files read this module too
    main()
