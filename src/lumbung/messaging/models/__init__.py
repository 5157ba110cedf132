from lumbung.messaging.models.delivery import Delivery, Occasion

__all__ = ["Delivery", "Occasion"]
