"""One's own sign-in: password, recovery codes, passkeys."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leeward.people import services
from leeward.people.forms import ChangePasswordForm, LanguageForm, PresentPasswordForm
from leeward.people.passkeys import may_use_passkeys
from leeward.people.views.common import signed_in
from leeward.safety.access import staff_with


@staff_with(None)
@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """Show how one signs in."""
    account = signed_in(request)
    context = {
        "codes_left": services.recovery_codes_left(account),
        "passkeys": services.passkeys_of(account),
        "codes_form": PresentPasswordForm(auto_id="codes_%s"),
        "language_form": LanguageForm(initial={"language": account.language}),
        "may_use_passkeys": may_use_passkeys(request),
        "port": request.get_port(),
        "is_live": settings.CONFIG.live,
    }
    return render(request, "people/me.html", context)


@staff_with(None)
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keep in which language the staff's screens speak to her; the next page does."""
    form = LanguageForm(request.POST)
    if form.is_valid():
        services.choose_language(signed_in(request), form.cleaned_data["language"])
    return HttpResponseRedirect(reverse("people:me"))


@staff_with(None)
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def change_password(request: HttpRequest) -> HttpResponse:
    """Take a new password; every session ends, this one too."""
    account = signed_in(request)
    form = ChangePasswordForm(request.POST or None, account=account)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_password(
                account,
                present=form.cleaned_data["present"],
                password_hash=make_password(form.cleaned_data["password"]),
            )
        except services.WrongPassword:
            form.add_error("present", _("That is not your present password."))
        else:
            logout(request)
            messages.success(request, _("Your password is changed. Please sign in with it."))
            return HttpResponseRedirect(settings.LOGIN_URL)
    status = 422 if request.method == "POST" else 200
    return render(request, "people/change_password.html", {"form": form}, status=status)


@staff_with(None)
@sensitive_post_parameters()
@require_POST
def new_recovery_codes(request: HttpRequest) -> HttpResponse:
    """Make new recovery codes and show them once."""
    account = signed_in(request)
    form = PresentPasswordForm(request.POST)
    try:
        services.check_own_password(account, form.data.get("present", "")[:200])
    except services.WrongPassword:
        messages.error(request, _("That is not your present password."))
        return HttpResponseRedirect(reverse("people:me"))
    codes = services.make_recovery_codes(account)
    services.record(account, "people.recovery_codes_made", "account", account.pk)
    return render(request, "people/recovery_codes.html", {"codes": codes})


@staff_with(None)
@require_POST
def remove_passkey(request: HttpRequest, identity: int) -> HttpResponse:
    """Delete one's own passkey."""
    services.remove_passkey(signed_in(request), identity)
    return HttpResponseRedirect(reverse("people:me"))
