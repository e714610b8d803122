"""The policy atlas: all designs in the same worlds, on one sheet - who gains, what it costs, how sure, what is dominated."""
