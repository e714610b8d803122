"""The model's country held against the published figures of the real one: the draw of 2020, pupils' results, structure."""
