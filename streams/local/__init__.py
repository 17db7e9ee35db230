"""The local services: a real Kafka and a real Redis on this machine, for development, demos and tests."""
