"""The only place that wires: settings, urls, navigation, wsgi, command line."""
