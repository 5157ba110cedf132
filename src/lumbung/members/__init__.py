"""People who may use the library: members, their identifiers, categories and membership."""
