"""The partnership graph: owners, their networks and their UH partners, measured without touching the state."""
