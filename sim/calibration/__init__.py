"""Fitting the model to what the evaluations found: from survey figures to draws of every uncertain parameter.

Points are played, an emulator is fitted to what they answer, a likelihood holds that against the evaluations' figures, and
a sampler walks through the parameters. What is held back for validation is read by `sim.calibration.held_out` alone, which
nothing of the fitting imports.
"""
