"""Messages out: templates, deliveries, and the channels that carry them (e-mail for now)."""
