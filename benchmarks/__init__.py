"""The yardsticks: how fast the columnar model is, and the same teachers and schools as plain Mesa objects."""
