"""Addresses of circulation's pages, under ``/staff/``."""

from django.urls import path

from lumbung.circulation.web import desk, holds, loans, phone_settings, pins, rules, terminals, working_branch

app_name = "circulation"
urlpatterns = [
    path("desk", desk.desk, name="desk"),
    path("desk/branch", working_branch.choose, name="working_branch"),
    path("desk/finish", desk.finish, name="finish"),
    path("desk/receipt", desk.receipt, name="receipt"),
    path("items/<path:barcode>/loan", loans.item_loan, name="item_loan"),
    path("items/<path:barcode>/in-house-use", desk.in_house_use, name="in_house_use"),
    path("items/<path:barcode>/hold", desk.item_hold, name="item_hold"),
    path("loans", loans.loans, name="loans"),
    path("loans/overdue", loans.overdue, name="overdue"),
    path("loans/overdue.csv", loans.overdue_csv, name="overdue_csv"),
    path("loans/<int:pk>", loans.loan, name="loan"),
    path("loans/<int:pk>/renewal", loans.renewal, name="renewal"),
    path("holds", holds.holds, name="holds"),
    path("holds/pull-list", holds.pull_list, name="pull_list"),
    path("holds/shelf", holds.shelf, name="shelf"),
    path("holds/<int:pk>", holds.hold, name="hold"),
    path("holds/settings", holds.urgency, name="urgency"),
    path("holds/<int:pk>/suspension", holds.suspension, name="suspension"),
    path("holds/<int:pk>/priority", holds.priority, name="priority"),
    path("holds/<int:pk>/pickup", holds.pickup, name="pickup"),
    path("loans/<int:pk>/recall", holds.recall, name="recall"),
    path("holds/<int:pk>/copy", holds.copy, name="copy"),
    path("holds/<int:pk>/slip", holds.slip, name="slip"),
    path("members/<int:pk>/pin", pins.of_member, name="member_pin"),
    path("phone-lending", phone_settings.overview, name="phone_lending"),
    path("phone-lending/<int:pk>", phone_settings.change, name="change_phone_lending"),
    path("phone-lending/<int:pk>/poster", phone_settings.poster, name="phone_poster"),
    path("terminals", terminals.terminals, name="terminals"),
    path("terminals/new", terminals.new, name="new_terminal"),
    path("terminals/<int:pk>", terminals.terminal, name="terminal"),
    path("terminals/<int:pk>/secret", terminals.secret, name="terminal_secret"),
    path("rules", rules.rules, name="rules"),
    path("rules/new", rules.new, name="new_rule"),
    path("rules/tester", rules.tester, name="tester"),
    path("rules/weights", rules.weights, name="rule_weights"),
    path("rules/<int:pk>", rules.rule, name="rule"),
    path("rules/<int:pk>/removal", rules.removal, name="rule_removal"),
]
