"""The API, version 1: the routers of all parts, who may call them, and its description."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, URLResolver
from ninja import NinjaAPI
from ninja.errors import ValidationError, ValidationErrorContext
from ninja.openapi.schema import OpenAPISchema

from lumbung import __version__
from lumbung.accounts.domain.api_access import Scoped, closed
from lumbung.acquisitions.api import orders, requests
from lumbung.catalogue.api import batches, exports, records
from lumbung.circulation.api import articles, bookings, copies, explaining, fees, holds, loans, mine, personal_rules, places
from lumbung.digital.api import contents
from lumbung.discovery.api import search
from lumbung.kernel import scopes
from lumbung.kernel.api.methods import as_http_asks
from lumbung.kernel.api.problems import TITLES, name_of
from lumbung.members.api import members
from lumbung.project.problems import tell_problems
from lumbung.spaces.api import visits

DESCRIPTION = (
    "Everything a desk, an app or another system needs of the library. Programs send `Authorization: Bearer lmb_…`; pages of this "
    "site use their session and `X-CSRFToken`. Searching and reading records is open to all. Errors are RFC 9457 problem details."
)


class Api(NinjaAPI):
    """Describes what each operation needs: the scope of the token, and that a session does as well."""

    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**kwargs)
        needs = {
            self.get_openapi_operation_id(operation): operation.auth_callbacks[0]
            for bound in self._get_bound_routers()
            for view in bound.path_operations.values()
            for operation in view.operations
        }
        for methods in schema["paths"].values():
            for operation in methods.values():
                need = needs.get(operation["operationId"])
                open_to_all: list[dict[str, Any]] = [] if isinstance(need, Scoped) else [{}]
                scope = [need.scope] if isinstance(need, Scoped) else []
                operation["security"] = [*open_to_all, {"token": scope}, {"session": []}]
        schema["components"]["securitySchemes"] = {
            "token": {"type": "http", "scheme": "bearer"},
            "session": {"type": "apiKey", "in": "cookie", "name": "sessionid"},
        }
        return schema

    def validation_error_from_error_contexts(self, error_contexts: list[ValidationErrorContext[Any]]) -> ValidationError:
        """Each error with its place in the request, where the parameters of our functions are not known by name."""
        told: list[dict[str, Any]] = []
        for context in error_contexts:
            errors = super().validation_error_from_error_contexts([context]).errors
            told += [{**each, "loc": _place_in_request(context.model, *each["loc"])} for each in errors]
        return ValidationError(told)

    def _get_urls(self) -> list[URLResolver | URLPattern]:
        urls = super()._get_urls()
        for each in urls:
            if isinstance(each, URLPattern):
                each.callback = as_http_asks(each.callback)
        return urls

    def get_openapi_operation_id(self, operation: Any) -> str:
        return str(operation.view_func.__name__)


def _place_in_request(model: Any, source: str, *steps: str | int) -> tuple[str | int, ...]:
    """``given`` is the whole body where it is the only parameter; what a model gathers from the query stands there by itself."""
    whole = getattr(model, "__read_from_single_attr__", "")
    if steps and steps[0] == whole:
        return (source, *steps[1:])
    flat = model.__ninja_flatten_map_reverse__
    known = next((steps[:length] for length in range(len(steps), 0, -1) if steps[:length] in flat), ())
    return (source, *flat.get(known, ()), *steps[len(known) :])


@cache
def operations() -> dict[str, Callable[..., Any]]:
    """The code behind each address of the API, by the name of the address."""
    return {
        api.get_operation_url_name(operation, router=bound.template): operation.view_func
        for bound in api._get_bound_routers()  # noqa: SLF001 -- ninja has no other list of them
        for view in bound.path_operations.values()
        for operation in view.operations
    }


api = Api(
    title="Lumbung",
    version="1",
    description=DESCRIPTION,
    openapi_extra={"info": {"x-software-version": __version__, "license": {"name": "GPL-3.0-or-later"}}},
    urls_namespace="api",
    docs_url=None,
    auth=closed,
)
tell_problems(api)

api.add_router("/search", search.router, tags=["search"])
api.add_router("/records", records.router, tags=["records"])
api.add_router("/records/export", exports.router, tags=["records"])
api.add_router("/records", copies.records, tags=["records"])
api.add_router("/batches", batches.router, tags=["batches"])
api.add_router("/items", records.items, tags=["items"])
api.add_router("/items", loans.returns, tags=["loans"])
api.add_router("/items", copies.items, tags=["items"])
api.add_router("/members", members.router, tags=["members"])
api.add_router("/article-requests", articles.router, tags=["article requests"])
api.add_router("/me/article-requests", articles.mine, tags=["me"])
api.add_router("/personal-rules", personal_rules.router, tags=["loans"])
api.add_router("/me/personal-rules", personal_rules.mine, tags=["me"])
api.add_router("/loans", loans.router, tags=["loans"])
api.add_router("/loans", explaining.router, tags=["loans"])
api.add_router("/fees", fees.router, tags=["fees"])
api.add_router("/payments", fees.money, tags=["fees"])
api.add_router("/holds", holds.router, tags=["holds"])
api.add_router("/bookings", bookings.router, tags=["holds"])
api.add_router("/pickup-places", places.router, tags=["holds"])
api.add_router("/purchase-requests", requests.router, tags=["acquisitions"])
api.add_router("/orders", orders.router, tags=["acquisitions"])
api.add_router("/visits", visits.router, tags=["visits"])
api.add_router("/contents", contents.router, tags=["contents"])
api.add_router("/me", mine.router, tags=["me"])


def reference(request: HttpRequest) -> HttpResponse:
    """The API for people: every operation with what it needs, made from the same description, without a script."""
    schema = api.get_openapi_schema()
    operations = [
        {**operation, "path": path, "method": method.upper(), "purpose": operation["description"].replace("`", "")}
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    ]
    problems = [{"name": name_of(status), "status": status, "title": title} for status, title in TITLES.items()]
    facts = {
        "operations": operations,
        "scopes": scopes.declared(),
        "description": DESCRIPTION.replace("`", ""),
        "problems": problems,
    }
    return render(request, "project/api.html", facts)
