from django.urls import path

from lumbung.organization.web import branches, closures, feed, holidays, hours, library, locations, periods, services, studies

app_name = "organization"

urlpatterns = [
    path("services", services.services, name="services"),
    path("branches/<int:pk>/calendar.ics", feed.feed, name="feed"),
    path("staff/organization/services", services.upkeep, name="services_upkeep"),
    path("staff/organization/services/usual", services.usual, name="services_usual"),
    path("staff/organization/services/new", services.add, name="service_add"),
    path("staff/organization/services/<int:pk>", services.change, name="service"),
    path("staff/organization/services/<int:pk>/state", services.state, name="service_state"),
    path("staff/organization/services/<int:pk>/removal", services.remove, name="service_remove"),
    path("staff/organization/", library.overview, name="overview"),
    path("staff/organization/library", library.particulars, name="library"),
    path("staff/organization/branches/new", branches.add, name="branch_add"),
    path("staff/organization/branches/<int:pk>", branches.change, name="branch"),
    path("staff/organization/branches/<int:pk>/removal", branches.remove, name="branch_remove"),
    path("staff/organization/branches/<int:pk>/hours", hours.change, name="hours"),
    path("staff/organization/branches/<int:pk>/locations/new", locations.add, name="location_add"),
    path("staff/organization/locations/<int:pk>", locations.change, name="location"),
    path("staff/organization/locations/<int:pk>/removal", locations.remove, name="location_remove"),
    path("staff/organization/programmes", studies.programmes, name="programmes"),
    path("staff/organization/programmes/new", studies.add, name="programme_add"),
    path("staff/organization/programmes/import", studies.bring, name="programme_import"),
    path("staff/organization/programmes/<int:pk>", studies.programme, name="programme"),
    path("staff/organization/periods", periods.periods, name="periods"),
    path("staff/organization/periods/new", periods.add, name="period_add"),
    path("staff/organization/periods/<int:pk>", periods.period, name="period"),
    path("staff/organization/periods/<int:pk>/hours/<int:branch>", periods.hours, name="period_hours"),
    path("staff/organization/closures", closures.closures, name="closures"),
    path("staff/organization/holidays", holidays.bring, name="holidays"),
    path("staff/organization/holidays/template", holidays.template, name="holidays_template"),
    path("staff/organization/holidays/<int:pk>", holidays.undo, name="holiday_list"),
    path("staff/organization/closures/<int:pk>/withdrawal", closures.withdraw, name="closure_withdraw"),
    path("staff/organization/closures/<int:pk>/end", closures.shorten, name="closure_shorten"),
]
