"""Coming in by an invitation: a password, then a second factor, then recovery codes."""

from __future__ import annotations

from django.contrib.auth.hashers import make_password
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from leeward.people import services
from leeward.people.forms import CodeForm, NewPasswordForm
from leeward.people.models import Account, Invitation
from leeward.safety.access import open_to_signing_in

INVITATION = "invitation"
PASSWORD_HASH = "invitation_password"  # noqa: S105  -- the name of a session's entry
APP_KEY = "invitation_app_key"


@open_to_signing_in
@require_safe
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Take the link's secret out of the address and go on. Opening it uses nothing up."""
    try:
        invitation = services.find_invitation(token)
    except services.InvitationOver:
        return _over(request)
    request.session.flush()
    request.session[INVITATION] = invitation.pk
    return HttpResponseRedirect(reverse("people:choose_password"))


@open_to_signing_in
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def choose_password(request: HttpRequest) -> HttpResponse:
    """Ask for a password; keep its hash in the session until the second factor is there."""
    try:
        invitation = _invitation(request)
    except services.InvitationOver:
        return _over(request)
    form = NewPasswordForm(request.POST or None, account=_account_to_be(invitation))
    if request.method == "POST" and form.is_valid():
        request.session[PASSWORD_HASH] = make_password(form.cleaned_data["password"])
        request.session[APP_KEY] = services.new_key()
        return HttpResponseRedirect(reverse("people:set_up_app"))
    context = {"form": form, "invitation": invitation}
    return render(request, "people/choose_password.html", context, status=_status(request))


@open_to_signing_in
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def set_up_app(request: HttpRequest) -> HttpResponse:
    """Show the QR code; with the right six digits, make the account and sign in."""
    try:
        invitation = _invitation(request)
        password_hash, key = request.session.get(PASSWORD_HASH), request.session.get(APP_KEY)
        if not password_hash or not key:
            return HttpResponseRedirect(reverse("people:choose_password"))
        form = CodeForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            if services.is_right_now(key, form.cleaned_data["code"]):
                joined = services.join(invitation, password_hash=password_hash, app_key=key)
                return _welcome(request, joined)
            form.add_error("code", _("That is not what the app should show now. Try the next one."))
    except services.InvitationOver:
        return _over(request)
    context = {
        "form": form,
        "picture": mark_safe(services.qr_picture(key, invitation.username)),  # noqa: S308
        "key": services.key_to_type(key),
        "invitation": invitation,
    }
    return render(request, "people/set_up_app.html", context, status=_status(request))


def _welcome(request: HttpRequest, joined: services.Joined) -> HttpResponse:
    request.session.flush()
    services.start_session(request, joined.account, joined.device)
    return render(
        request, "people/recovery_codes.html", {"codes": joined.recovery_codes, "is_first": True}
    )


def _invitation(request: HttpRequest) -> Invitation:
    return services.find_invitation_by_id(request.session.get(INVITATION))


def _account_to_be(invitation: Invitation) -> Account:
    return invitation.account or Account(
        username=invitation.username, display_name=invitation.display_name
    )


def _over(request: HttpRequest) -> HttpResponse:
    return render(request, "people/invitation_over.html", status=410)


def _status(request: HttpRequest) -> int:
    return 422 if request.method == "POST" else 200
