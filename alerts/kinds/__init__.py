"""What a watch rule says about time: a file for each kind."""
