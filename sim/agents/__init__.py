"""Mesa agents: views of rows of the state."""
