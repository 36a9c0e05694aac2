"""What formulas mean beyond their text: derivatives, numbers rounded once, breaks."""
