"""The catalogue: the actors and topics that Marsad knows, and every way to write them."""

from processors.catalogue.model import Actor, Catalogue, How, Period, Role, Topic

__all__ = ["Actor", "Catalogue", "How", "Period", "Role", "Topic"]
