"""What an article means: catalogue, tagging, stories, rolling counts."""
