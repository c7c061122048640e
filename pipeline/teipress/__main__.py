"""`python -m teipress` is the command."""

from teipress.cli import main

main()
