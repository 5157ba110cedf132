"""Files made in the background, which wait to be fetched."""

from django.db.models import QuerySet

from lumbung.catalogue.models import ExportRun, LabelRun


def export_runs() -> QuerySet[ExportRun]:
    """Every export made in the background, the latest first."""
    return ExportRun.objects.select_related("created_by")


def label_runs() -> QuerySet[LabelRun]:
    """Every setting of labels in the background, the latest first."""
    return LabelRun.objects.select_related("created_by").defer("items")
