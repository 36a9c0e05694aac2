"""What formulas mean beyond their text: exact slopes, breaks, derivatives, activations made from them."""
