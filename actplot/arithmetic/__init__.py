"""Arithmetic on numbers that know how far they may be from the truth."""
