"""What functions do in networks: numbers for normal input, signal and gradient in depth and time, little trainings."""
