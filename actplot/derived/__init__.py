"""Functions made of formulas and of other functions: typed ones, differences, derivatives."""
