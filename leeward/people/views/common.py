"""What several of the staff's views need."""

from __future__ import annotations

from django.http import HttpRequest

from leeward.people.models import Account


def signed_in(request: HttpRequest) -> Account:
    """Return who is signed in. Only for views that are open to staff."""
    account = request.user
    assert isinstance(account, Account)  # noqa: S101  -- the view's mark has made sure
    return account
