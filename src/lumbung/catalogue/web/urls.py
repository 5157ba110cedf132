from django.urls import path

from lumbung.catalogue.web import export, import_reports, imports, item_types, items, record_edit, records

app_name = "catalogue"

urlpatterns = [
    path("staff/records/", records.records, name="records"),
    path("staff/records/new", record_edit.add, name="record_add"),
    path("staff/records/<int:pk>", records.record, name="record"),
    path("staff/records/<int:pk>/edit", record_edit.change, name="record_edit"),
    path("staff/records/<int:pk>/visibility", records.set_visibility, name="record_visibility"),
    path("staff/records/<int:pk>/removal", records.remove, name="record_remove"),
    path("staff/records/<int:pk>/items/new", items.add, name="item_add"),
    path("staff/items/<int:pk>", items.item, name="item"),
    path("staff/items/<int:pk>/edit", items.change, name="item_edit"),
    path("staff/items/<int:pk>/status", items.status, name="item_status"),
    path("staff/items/<int:pk>/removal", items.remove, name="item_remove"),
    path("staff/item-types/", item_types.item_types, name="item_types"),
    path("staff/item-types/<int:pk>", item_types.item_type, name="item_type"),
    path("staff/item-types/<int:pk>/removal", item_types.remove, name="item_type_remove"),
    path("staff/imports/", imports.imports, name="imports"),
    path("staff/imports/new", imports.start, name="import_start"),
    path("staff/imports/<int:pk>", imports.run, name="import"),
    path("staff/imports/<int:pk>/go", imports.go, name="import_go"),
    path("staff/imports/<int:pk>/resume", imports.resume, name="import_resume"),
    path("staff/imports/<int:pk>/undo", imports.undo, name="import_undo"),
    path("staff/imports/<int:pk>/report.csv", import_reports.report, name="import_report"),
    path("staff/imports/<int:pk>/rejected", import_reports.rejected, name="import_rejected"),
    path("staff/export", export.export, name="export"),
]
