"""One run of `actplot plot`: what is asked for, its curves, each output."""
