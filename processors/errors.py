"""Everything that Marsad itself can find wrong, as one tree; each message says where, what, and what to do."""


class MarsadError(Exception):
    """Something is wrong that a person can mend."""


class ConfigError(MarsadError):
    """The configuration cannot be used: settings, catalogue or rules."""


class ServiceError(MarsadError):
    """A server that Marsad needs cannot be reached, started or used."""


class InputError(MarsadError):
    """What was handed to Marsad to read cannot be read."""
