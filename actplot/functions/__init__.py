"""Functions: what was typed, found in the catalogue or read as a formula, with values for its parameters."""
