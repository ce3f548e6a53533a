"""What an editor is told of all listeners together: one page with charts, tables and CSV."""
