"""`python -m extract` is the command `pactwire`."""

from extract.cli import main

main()
