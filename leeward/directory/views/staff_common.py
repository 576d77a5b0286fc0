"""What staff's screens of the directory share: who may enter, finding a record, answering."""

from __future__ import annotations

from functools import wraps
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from leeward.directory.services.owning import EDIT_ALL, EDIT_OWN, may_edit
from leeward.directory.services.revisions import version_of
from leeward.people.models import Account
from leeward.safety.access import View, staff_with

Found = TypeVar("Found", bound=models.Model)


def editors(view: View) -> View:
    """Mark a view as open to whoever edits the directory, and to partners for their own records.

    Which records are a partner's own is asked anew for each record: `record_for`.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        account = person(request)
        if not (account.has_perm(EDIT_ALL) or account.has_perm(EDIT_OWN)):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    entered = staff_with(None)(guarded)
    entered.who_may_enter = f"{EDIT_ALL} {EDIT_OWN}"  # type: ignore[attr-defined]
    return entered


def person(request: HttpRequest) -> Account:
    """Return who is signed in; `staff_with` let nobody else this far."""
    if not isinstance(request.user, Account):
        raise PermissionDenied
    return request.user


def edits_all(request: HttpRequest) -> bool:
    """Return whether who is signed in may edit every record."""
    return person(request).has_perm(EDIT_ALL)


def record_for(request: HttpRequest, model: type[Found], key: UUID) -> Found:
    """Return a record that the signed-in person may edit. Another's is not there: Http404."""
    found = get_object_or_404(model, pk=key)
    if not may_edit(person(request), found):
        raise Http404
    return found


def see_anew(form: Any, record: Any) -> None:
    """Give a refused form the mark of the record's present state, so that it can be sent again."""
    data = form.data.copy()
    data["seen"] = version_of(record)
    form.data = data


def page(
    request: HttpRequest, name: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Answer with a screen; 422 when a form on it was refused."""
    bound = context.get("form")
    if request.method == "POST" and bound is not None and bound.is_bound and not bound.is_valid():
        status = 422
    shared = {"today": timezone.now().date(), "edits_all": edits_all(request)}
    return render(request, f"directory/staff/{name}.html", shared | context, status=status)
