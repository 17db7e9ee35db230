"""The edge: Kafka, Faust, settings, command line, local services."""
