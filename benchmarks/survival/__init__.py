"""Checks that every photo survives kills, faults, damaged files and very large runs."""
