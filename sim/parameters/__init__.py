"""Declarations of parameters: one sentence each."""
