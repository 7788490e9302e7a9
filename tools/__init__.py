"""What the repository needs to make itself; nothing here is installed."""
