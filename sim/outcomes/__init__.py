"""What is measured of the state."""
