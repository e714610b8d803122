"""Which uncertain parameters the answers hang on: screening, shares of variance, and what is only luck."""
