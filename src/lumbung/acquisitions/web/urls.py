from django.urls import path

from lumbung.acquisitions.web import money, orders, own, processing, receipts, requests

app_name = "acquisitions"

urlpatterns = [
    path("my/requests", own.own_requests, name="own_requests"),
    path("my/requests/new", own.own_request_add, name="own_request_add"),
    path("my/requests/<int:pk>", own.own_request, name="own_request"),
    path("staff/acquisitions/requests", requests.requests, name="requests"),
    path("staff/acquisitions/requests.csv", requests.table, {"form": "csv"}, name="requests_csv"),
    path("staff/acquisitions/requests.xlsx", requests.table, {"form": "xlsx"}, name="requests_xlsx"),
    path("staff/acquisitions/requests/new", requests.request_add, name="request_add"),
    path("staff/acquisitions/requests/<int:pk>", requests.request_page, name="request"),
    path("staff/acquisitions/requests/<int:pk>/acceptance", requests.acceptance, name="acceptance"),
    path("staff/acquisitions/requests/<int:pk>/refusal", requests.refusal, name="refusal"),
    path("staff/acquisitions/orders", orders.orders, name="orders"),
    path("staff/acquisitions/orders.csv", orders.table, {"form": "csv"}, name="orders_csv"),
    path("staff/acquisitions/orders.xlsx", orders.table, {"form": "xlsx"}, name="orders_xlsx"),
    path("staff/acquisitions/orders/new", orders.order_add, name="order_add"),
    path("staff/acquisitions/orders/<int:pk>", orders.order, name="order"),
    path("staff/acquisitions/orders/<int:pk>/lines", orders.line_add, name="line_add"),
    path("staff/acquisitions/orders/<int:pk>/sending", orders.send, name="send"),
    path("staff/acquisitions/orders/<int:pk>/claims", orders.claim, name="claim"),
    path("staff/acquisitions/orders/<int:pk>/cancellation", orders.cancel, name="cancel"),
    path("staff/acquisitions/orders/<int:pk>/letter.pdf", orders.letter, name="letter"),
    path("staff/acquisitions/lines/<int:pk>", receipts.line, name="line"),
    path("staff/acquisitions/lines/<int:pk>/removal", orders.line_remove, name="line_remove"),
    path("staff/acquisitions/lines/<int:pk>/receipts", receipts.receipt_add, name="receipt_add"),
    path("staff/acquisitions/receipts/<int:pk>/return", receipts.receipt_return, name="receipt_return"),
    path("staff/acquisitions/processing", processing.worklist, name="processing"),
    path("staff/acquisitions/processing/scans", processing.scan, name="scan"),
    path("staff/acquisitions/copies/<int:pk>/step-back", processing.step_back, name="step_back"),
    path("staff/acquisitions/flow", processing.flow, name="flow"),
    path("staff/acquisitions/money", money.money, name="money"),
    path("staff/acquisitions/funds/new", money.fund_add, name="fund_add"),
    path("staff/acquisitions/funds/<int:pk>", money.fund, name="fund"),
    path("staff/acquisitions/vendors/new", money.vendor_add, name="vendor_add"),
    path("staff/acquisitions/vendors/<int:pk>", money.vendor, name="vendor"),
    path("staff/acquisitions/numbering", money.numbering, name="numbering"),
]
