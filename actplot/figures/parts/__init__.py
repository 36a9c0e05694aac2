"""What a figure is put together from."""
