"""What editors write: reading, checking and importing guides."""
