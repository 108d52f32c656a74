"""`python -m catdog_sorter` is `catdog-sort`."""

from catdog_sorter.cli import main

main()
