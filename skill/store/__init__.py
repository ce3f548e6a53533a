"""What is remembered of a listener."""
