"""Catalogue data, example watch rules and sample articles that come with Marsad."""
