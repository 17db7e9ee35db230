"""How well articles are tagged, measured on articles that others have annotated."""
