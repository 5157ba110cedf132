"""Where OAI-PMH is asked for."""

from django.urls import path

from lumbung.cooperation.gateways.oai.views import oai
from lumbung.cooperation.queries.rules import LEGACY

urlpatterns = [path("oai", oai, name="oai"), *(path(each, oai) for each in LEGACY)]
