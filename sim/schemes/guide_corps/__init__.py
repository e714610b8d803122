"""The guide corps (Veilederkorpset), the national support for municipalities before the follow-up scheme."""
