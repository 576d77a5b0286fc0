"""The endpoints: read the question, look, answer."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from leeward.directory.api import answers, asking, listing, lists, openapi, parts, records, whole
from leeward.directory.api.answers import endpoint, identifier
from leeward.directory.api.asking import PAGES, TERMS, WHERE, Asked
from leeward.directory.api.problems import Problem

VERSION = "3.1"
READ = ("GET", "HEAD")
ASK = (*READ, "POST")
OF_SERVICES = (*PAGES, *TERMS, "organization_id", "modified_after", "minimal", "full", *WHERE)
OF_OFFERS = (*PAGES, *TERMS, "organization_id", "modified_after", "full", *WHERE)
OF_ORGANIZATIONS = (*PAGES, *TERMS, "full", "full_service")
OF_TERMS = (*PAGES, "taxonomy_id", "top_only", "parent_id")


@endpoint(*READ)
def about(request: HttpRequest) -> HttpResponse:
    """Say which HSDS this is, and where the profile and the OpenAPI document stand."""
    asking.read(request, ())
    return answers.one(
        request,
        {
            "version": VERSION,
            "profile": request.build_absolute_uri(reverse("hsds:profile")),
            "openapi_url": request.build_absolute_uri(reverse("hsds:openapi")),
        },
    )


@endpoint(*ASK)
def services(request: HttpRequest) -> HttpResponse:
    """List services."""
    asked = asking.read(request, OF_SERVICES)
    return answers.page(request, asked, lists.services(asked))


@endpoint(*READ)
def service(request: HttpRequest, record_id: str) -> HttpResponse:
    """Return a whole service."""
    asking.read(request, ())
    rows = listing.services(Asked()).filter(pk=identifier(record_id))
    tree = whole.services(rows)
    for row in tree.rows:
        return answers.one(request, records.service(row, tree))
    raise answers.missing()


@endpoint(*ASK)
def service_at_locations(request: HttpRequest) -> HttpResponse:
    """List services at locations."""
    asked = asking.read(request, OF_OFFERS)
    return answers.page(request, asked, lists.offers(asked))


@endpoint(*READ)
def service_at_location(request: HttpRequest, record_id: str) -> HttpResponse:
    """Return a whole service at a location."""
    asking.read(request, ())
    rows = listing.offers(Asked()).filter(pk=identifier(record_id))
    tree = whole.offers(rows)
    for row in tree.rows:
        return answers.one(request, records.offer(row, tree))
    raise answers.missing()


@endpoint(*ASK)
def organizations(request: HttpRequest) -> HttpResponse:
    """List organisations."""
    asked = asking.read(request, OF_ORGANIZATIONS)
    return answers.page(request, asked, lists.organizations(asked))


@endpoint(*READ)
def organization(request: HttpRequest, record_id: str) -> HttpResponse:
    """Return a whole organisation; its services are ids and names unless `full_service`."""
    asked = asking.read(request, ("full_service",))
    has_services = bool(asked.get("full_service"))
    rows = listing.organizations(Asked()).filter(pk=identifier(record_id))
    tree = whole.organizations(rows, has_services=has_services)
    for row in tree.rows:
        told = records.organization(row, tree, has_services=has_services)
        return answers.one(request, told)
    raise answers.missing()


@endpoint(*ASK)
def taxonomies(request: HttpRequest) -> HttpResponse:
    """List taxonomies."""
    asked = asking.read(request, PAGES)
    return answers.page(request, asked, lists.taxonomies(asked))


@endpoint(*READ)
def taxonomy(request: HttpRequest, record_id: str) -> HttpResponse:
    """Return a taxonomy."""
    asking.read(request, ())
    for row in listing.taxonomies(Asked()).filter(pk=identifier(record_id)):
        return answers.one(request, parts.taxonomy(row))
    raise answers.missing()


@endpoint(*ASK)
def taxonomy_terms(request: HttpRequest) -> HttpResponse:
    """List taxonomy terms."""
    asked = asking.read(request, OF_TERMS)
    return answers.page(request, asked, lists.terms(asked))


@endpoint(*READ)
def taxonomy_term(request: HttpRequest, record_id: str) -> HttpResponse:
    """Return a taxonomy term with its taxonomy."""
    asking.read(request, ())
    for row in listing.terms(Asked()).filter(pk=identifier(record_id)):
        return answers.one(request, records.term_line(row))
    raise answers.missing()


@endpoint(*READ)
def openapi_document(request: HttpRequest) -> HttpResponse:
    """Return the OpenAPI document: HSDS's own with the profile merged in."""
    return answers.tagged(request, openapi.document(), "application/json")


@endpoint(*READ)
def profile(request: HttpRequest) -> HttpResponse:
    """Return what the profile adds, in plain words (Markdown)."""
    text = (openapi.PROFILE / openapi.README).read_bytes()
    return answers.tagged(request, text, "text/markdown; charset=utf-8")


@endpoint(*READ)
def patch(request: HttpRequest, table: str) -> HttpResponse:
    """Return the profile's JSON Merge Patch of one HSDS table, or of the OpenAPI document."""
    if table not in openapi.patches():
        raise answers.missing()
    return answers.one(request, openapi.patches()[table])


@endpoint(*ASK)
def nothing(request: HttpRequest) -> HttpResponse:
    """Say that no endpoint stands at this address."""
    raise Problem(HTTPStatus.NOT_FOUND, "There is no such endpoint.")
