"""What a function does to a normal signal: means, gains, and the weights at which gradients keep their size."""
