"""The notifier: alerts from Kafka to receivers elsewhere."""
