"""The schemes next door: kindergartens, and Kompetanseløftet for special needs and inclusive practice."""
