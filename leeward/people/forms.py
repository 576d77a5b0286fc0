"""What may be sent to the staff's screens."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from leeward.people import rules
from leeward.people.models import Account, AuditEntry

ROLE_NAMES = {
    "editor": _("Editor: writes pages"),
    "reviewer": _("Reviewer: checks and publishes pages"),
    "advocate": _("Advocate: speaks with people who ask for help"),
    "coordinator": _("Coordinator: looks after lines, services and volunteers"),
    "administrator": _("Administrator: looks after accounts and reads the audit log"),
    "partner": _("Partner: edits the own organisation's services"),
    "shelter": _("Shelter: tells how many beds are free"),
}
MOST_PASSWORD_LETTERS = 200


def _password(label: Any, *, is_new: bool, **options: Any) -> forms.CharField:
    widget = forms.PasswordInput(
        attrs={"autocomplete": "new-password" if is_new else "current-password"}
    )
    return forms.CharField(
        label=label, widget=widget, strip=False, max_length=MOST_PASSWORD_LETTERS, **options
    )


class FreshInput(forms.TextInput):
    """A field that never shows again what was typed: a code serves once."""

    def format_value(self, value: Any) -> None:
        """Return nothing to show."""


class SignInForm(forms.Form):
    """Name, password and code, all at once."""

    username = forms.CharField(
        label=_("Sign-in name"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password = _password(_("Password"), is_new=False)
    code = forms.CharField(
        label=_("Code"),
        help_text=_("Six digits from your app, or a recovery code."),
        max_length=20,
        widget=FreshInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    is_own_device = forms.BooleanField(
        label=_("This device is mine"),
        help_text=_("Keeps a small file here for half a year. It helps you in when others guess."),
        required=False,
    )


class NewPasswordForm(forms.Form):
    """A new password, twice."""

    password = _password(
        _("New password"),
        is_new=True,
        help_text=_("At least 12 letters. Four or five unrelated words are strong and easy."),
    )
    again = _password(_("The same once more"), is_new=True)

    def __init__(self, *args: Any, account: Account, **options: Any) -> None:
        super().__init__(*args, **options)
        self._account = account

    def clean_password(self) -> str:
        """Return the password. Invalid when it is short, common, or like the name."""
        password: str = self.cleaned_data["password"]
        validate_password(password, self._account)
        return password

    def clean(self) -> dict[str, Any]:
        """Return what was sent. Invalid when the two differ."""
        sent: dict[str, Any] = super().clean() or {}
        if "password" in sent and sent.get("again") != sent["password"]:
            self.add_error("again", _("This is not the same as above."))
        return sent


class ChangePasswordForm(NewPasswordForm):
    """The present password and a new one."""

    present = _password(_("Present password"), is_new=False)
    field_order = ("present", "password", "again")


class PresentPasswordForm(forms.Form):
    """The present password, before something that matters."""

    present = _password(_("Present password"), is_new=False)


class CodeForm(forms.Form):
    """Six digits from the app that was just set up."""

    code = forms.CharField(
        label=_("The six digits it shows now"),
        max_length=8,
        widget=FreshInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class LanguageForm(forms.Form):
    """In which language the staff's screens speak to somebody."""

    language = forms.ChoiceField(label=_("Language of these screens"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        spoken = [each for each in settings.LANGUAGES if each[0] in rules.STAFF_LANGUAGES]
        choices = [("", _("As the browser asks")), *spoken]
        self.fields["language"].choices = choices  # type: ignore[attr-defined]


class RolesForm(forms.Form):
    """Which roles somebody has."""

    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=tuple(ROLE_NAMES.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one role.")},
    )


class InviteForm(RolesForm):
    """Whom to invite."""

    display_name = forms.CharField(
        label=_("Name"), max_length=80, help_text=_("Colleagues see it. A first name is enough.")
    )
    username = forms.CharField(
        label=_("Sign-in name"),
        max_length=40,
        help_text=_("Small letters, digits, dots and hyphens, such as ana-lopez."),
        validators=[
            RegexValidator(rules.SIGN_IN_NAME, _("Use small letters, digits, dots, hyphens."))
        ],
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )
    field_order = ("display_name", "username", "roles")


class AuditFilterForm(forms.Form):
    """Which entries of the audit log to show."""

    actor = forms.ModelChoiceField(
        label=_("Who"), queryset=Account.objects.all(), required=False, empty_label=_("Anybody")
    )
    event = forms.ChoiceField(label=_("What"), required=False)
    day = forms.DateField(
        label=_("Up to the day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    before = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        events = AuditEntry.objects.order_by("event").values_list("event", flat=True).distinct()
        choices = [("", _("Anything")), *((event, event) for event in events)]
        self.fields["event"].choices = choices  # type: ignore[attr-defined]
