"""Putting articles in: files, pages and feeds become records on Kafka."""
