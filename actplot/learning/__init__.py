"""Little networks that learn: their tasks, how they are trained, what is shown of it."""
