"""The follow-up scheme (oppfølgingsordningen)."""
