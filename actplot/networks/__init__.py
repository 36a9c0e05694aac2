"""Signal and gradient through depth and time: mean field theory, and random networks that are run."""
