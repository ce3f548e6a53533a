"""What turns a guide into recordings."""
