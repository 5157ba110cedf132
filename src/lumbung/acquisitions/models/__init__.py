from lumbung.acquisitions.models.fund import Fund
from lumbung.acquisitions.models.order import Order, OrderCounter, OrderLine, OrderNumbering
from lumbung.acquisitions.models.receipt import NewCopy, Receipt, Steps
from lumbung.acquisitions.models.request import PurchaseRequest
from lumbung.acquisitions.models.vendor import Vendor

__all__ = [
    "Fund",
    "NewCopy",
    "Order",
    "OrderCounter",
    "OrderLine",
    "OrderNumbering",
    "PurchaseRequest",
    "Receipt",
    "Steps",
    "Vendor",
]
