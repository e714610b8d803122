"""Virtual evaluations: what an evaluator with real-world data would find, against what the model knows to be true."""
