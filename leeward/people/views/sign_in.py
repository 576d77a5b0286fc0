"""Signing in and out, and the first page."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leeward.people import rules, services
from leeward.people.context import signed_in_account
from leeward.people.forms import SignInForm
from leeward.people.models import Account
from leeward.people.passkeys import may_use_passkeys
from leeward.people.staff_menu import attention_for
from leeward.people.views.common import signed_in
from leeward.safety.access import open_to_signing_in, staff_with

_DAY_S = 86_400


@staff_with(None)
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Show what this person may do and should look at."""
    account = signed_in(request)
    return render(request, "people/start.html", {"attention": attention_for(account)})


@open_to_signing_in
@sensitive_post_parameters("password", "code")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for name, password and code; open a session when they belong together."""
    if signed_in_account(request):
        return HttpResponseRedirect(settings.LOGIN_REDIRECT_URL)
    form = SignInForm(request.POST or None)
    if request.method != "POST":
        return _ask(request, form, "")
    if not form.is_valid():
        return _ask(request, form, _("Please fill in all three."), status=422)
    try:
        account, device = services.check_attempt(_attempt(request, form))
    except services.MustWait as wait:
        return _ask(request, form, _wait_sentence(wait.minutes), status=429)
    except services.NoMatch:
        said = _("Name, password and code do not go together. Check each and try once more.")
        return _ask(request, form, said, status=422)
    services.start_session(request, account, device)
    response = HttpResponseRedirect(settings.LOGIN_REDIRECT_URL)
    if form.cleaned_data["is_own_device"]:
        _remember(request, response, account)
    return response


@open_to_signing_in
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    account = signed_in_account(request)
    if account:
        services.record(account, "people.signed_out", "account", account.pk)
    logout(request)
    return HttpResponseRedirect(settings.LOGIN_URL)


def _attempt(request: HttpRequest, form: SignInForm) -> services.Attempt:
    sent = form.cleaned_data
    return services.Attempt(
        username=sent["username"],
        password=sent["password"],
        code=sent["code"],
        address=request.META.get("REMOTE_ADDR", ""),
        device=request.COOKIES.get(services.DEVICE_COOKIE, ""),
    )


def _ask(request: HttpRequest, form: SignInForm, said: str, status: int = 200) -> HttpResponse:
    context = {"form": form, "said": said, "may_use_passkeys": may_use_passkeys(request)}
    return render(request, "people/sign_in.html", context, status=status)


def _wait_sentence(minutes: int) -> str:
    return ngettext(
        "There were many wrong tries. Wait %(minutes)d minute, then try once more. "
        "A passkey or a recovery code works right away.",
        "There were many wrong tries. Wait %(minutes)d minutes, then try once more. "
        "A passkey or a recovery code works right away.",
        minutes,
    ) % {"minutes": minutes}


def _remember(request: HttpRequest, response: HttpResponse, account: Account) -> None:
    cookie = services.remember_device(request.COOKIES.get(services.DEVICE_COOKIE, ""), account)
    response.set_cookie(
        services.DEVICE_COOKIE,
        cookie,
        max_age=rules.KNOWN_DEVICE_DAYS * _DAY_S,
        path=settings.STAFF_PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
