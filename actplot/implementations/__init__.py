"""Implementations of activations by others: imported because a user named them, run, and measured."""
