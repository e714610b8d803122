"""The virtual survey: the model answers the evaluation's own questionnaire, and asking never changes it."""
