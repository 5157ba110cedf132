"""The addresses of IIIF: pictures and pages, manifests, and search in them."""

from django.urls import path

from lumbung.digital.web.iiif import manifests, pictures

PART = "<str:region>/<str:size>/<str:rotation>/<str:last>"

urlpatterns = [
    path("iiif/3/<int:pk>", pictures.base, name="iiif_image"),
    path("iiif/3/<int:pk>/info.json", pictures.information, name="iiif_info"),
    path(f"iiif/3/<int:pk>/{PART}", pictures.part, name="iiif_part"),
    path("iiif/3/<int:pk>-<int:page>", pictures.base, name="iiif_page"),
    path("iiif/3/<int:pk>-<int:page>/info.json", pictures.information, name="iiif_page_info"),
    path(f"iiif/3/<int:pk>-<int:page>/{PART}", pictures.part, name="iiif_page_part"),
    path("iiif/records/<int:pk>/manifest", manifests.manifest, name="iiif_manifest"),
    path("iiif/records/<int:pk>/search", manifests.search, name="iiif_search"),
]
