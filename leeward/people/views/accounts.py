"""Looking after accounts: inviting, roles, a new way in, shutting."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leeward.people import rules, services
from leeward.people.forms import InviteForm, RolesForm
from leeward.people.models import Account, Invitation
from leeward.people.views.common import signed_in
from leeward.safety.access import staff_with

MANAGE = "people.manage_accounts"


@staff_with(MANAGE)
@require_safe
def accounts(request: HttpRequest) -> HttpResponse:
    """List the accounts and the open invitations."""
    context = {
        "accounts": Account.objects.prefetch_related("groups").order_by(
            "-is_active", "display_name"
        ),
        "with_factor": services.accounts_with_second_factor(),
        "invitations": Invitation.objects.prefetch_related("roles").order_by("expires_at"),
    }
    return render(request, "people/accounts.html", context)


@staff_with(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Open a way in for a new colleague and show its link, once."""
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        try:
            token = services.invite(
                signed_in(request),
                username=sent["username"],
                display_name=sent["display_name"],
                roles=sent["roles"],
            )
        except services.NameTaken:
            form.add_error("username", _("This sign-in name is taken. Choose another."))
        else:
            return _show_link(request, token, sent["display_name"])
    status = 422 if request.method == "POST" else 200
    return render(request, "people/invite.html", {"form": form}, status=status)


@staff_with(MANAGE)
@require_POST
def renew_invitation(request: HttpRequest, identity: int) -> HttpResponse:
    """Show a new link for an open invitation; the old link ends."""
    invitation = get_object_or_404(Invitation, pk=identity)
    token = services.renew_invitation(signed_in(request), invitation)
    return _show_link(request, token, invitation.display_name)


@staff_with(MANAGE)
@require_POST
def withdraw_invitation(request: HttpRequest, identity: int) -> HttpResponse:
    """End an open invitation."""
    services.withdraw_invitation(signed_in(request), get_object_or_404(Invitation, pk=identity))
    messages.success(request, _("The invitation is withdrawn. Its link is over."))
    return HttpResponseRedirect(reverse("people:accounts"))


@staff_with(MANAGE)
@require_safe
def account(request: HttpRequest, identity: int) -> HttpResponse:
    """Show one account and what can be done to it."""
    shown = get_object_or_404(Account, pk=identity)
    roles = list(shown.groups.filter(name__in=rules.ROLES).values_list("name", flat=True))
    context = {
        "shown": shown,
        "form": RolesForm(initial={"roles": roles}),
        "is_own": shown.pk == signed_in(request).pk,
        "has_factor": shown.pk in services.accounts_with_second_factor(),
    }
    return render(request, "people/account.html", context)


@staff_with(MANAGE)
@require_POST
def change_roles(request: HttpRequest, identity: int) -> HttpResponse:
    """Give the account the roles that were ticked."""
    form = RolesForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose at least one role."))
        return HttpResponseRedirect(reverse("people:account", args=[identity]))

    def change(actor: Account, changed: Account) -> None:
        services.change_roles(actor, changed, form.cleaned_data["roles"])

    return _change(request, identity, change, _("The roles are changed. Sessions are ended."))


@staff_with(MANAGE)
@require_POST
def deactivate(request: HttpRequest, identity: int) -> HttpResponse:
    """Shut the account."""
    return _change(request, identity, services.deactivate, _("The account is shut."))


@staff_with(MANAGE)
@require_POST
def reactivate(request: HttpRequest, identity: int) -> HttpResponse:
    """Open the account again."""
    return _change(request, identity, services.reactivate, _("The account is open again."))


@staff_with(MANAGE)
@require_POST
def reset(request: HttpRequest, identity: int) -> HttpResponse:
    """Take password and second factor from the account and show a link to new ones, once."""
    shown = get_object_or_404(Account, pk=identity, is_active=True)
    try:
        token = services.reset_sign_in(signed_in(request), shown)
    except services.OwnAccount:
        messages.error(request, _("You can change your own sign-in under: My sign-in."))
        return HttpResponseRedirect(reverse("people:account", args=[identity]))
    return _show_link(request, token, shown.display_name)


def _change(
    request: HttpRequest, identity: int, change: Callable[[Account, Account], None], done: str
) -> HttpResponse:
    try:
        change(signed_in(request), get_object_or_404(Account, pk=identity))
    except services.LastAdministrator:
        messages.error(request, _("Somebody must look after accounts. Name another one first."))
    except services.OwnAccount:
        messages.error(request, _("Another administrator has to do that for you."))
    else:
        messages.success(request, done)
    return HttpResponseRedirect(reverse("people:account", args=[identity]))


def _show_link(request: HttpRequest, token: str, name: str) -> HttpResponse:
    link = request.build_absolute_uri(reverse("people:invitation", args=[token]))
    return render(request, "people/link_once.html", {"link": link, "name": name})
