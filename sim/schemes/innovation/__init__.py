"""The innovation scheme (innovasjonsordningen): partnership projects that are tried out, evaluated, and spread."""
