"""What is worth saying: watch rules, judging, alerts, their delivery."""
