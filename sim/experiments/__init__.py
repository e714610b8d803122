"""Many worlds: playing them under designs, comparing, writing results."""
