"""Owners beside municipalities: counties with general subjects in upper secondary, and owners of private schools as a class."""
