"""Signal and gradient through depth and time: mean field theory, networks that are run, and those that learn."""
