"""The world to start from: synthetic Norway, a user's registers, and municipal borders over time."""
