"""How alerts leave: who receives which, in what words, signed and tried again."""
