"""A file to import: what it is, and from where."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from leeward.directory.exchange.readers.kinds import AUTO, KINDS
from leeward.directory.models import Source

MOST_BYTES = 50 * 1024 * 1024
MOST_MAPPING_BYTES = 64 * 1024
ENDINGS = (".zip", ".json", ".csv", ".gz", ".tsv")


class ImportForm(forms.Form):
    """A file, its kind, and the source that its rows belong to."""

    file = forms.FileField(
        label=_("File"), help_text=_("HSDS as JSON or zip, or CSV. At most 50 MB.")
    )
    kind = forms.ChoiceField(
        choices=[(AUTO, _("as the file says")), *((kind, kind) for kind in KINDS)],
        label=_("Kind"),
    )
    mapping = forms.FileField(
        required=False,
        label=_("For a plain CSV: which column is what"),
        help_text=_("A small file, as the guide describes it."),
    )
    source = forms.ModelChoiceField(
        Source.objects.all(), required=False, label=_("Source"), empty_label=_("a new one")
    )
    key = forms.SlugField(
        required=False,
        max_length=60,
        label=_("Key of the new source"),
        help_text=_("Such as city-shelters. It stays the same each time."),
    )
    name = forms.CharField(required=False, max_length=200, label=_("Name of the new source"))
    licence = forms.CharField(required=False, max_length=200, label=_("Its licence"))

    def clean_file(self) -> UploadedFile[bytes]:
        """Return a file of a bounded size and a known ending."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(_("This file is too big. Import it on the server."))
        if not str(file.name).lower().endswith(ENDINGS):
            raise forms.ValidationError(_("A file that ends in .zip, .json or .csv, please."))
        return file

    def clean_mapping(self) -> UploadedFile[bytes] | None:
        """Return a small file, or none."""
        file: UploadedFile[bytes] | None = self.cleaned_data["mapping"]
        if file is not None and (file.size or 0) > MOST_MAPPING_BYTES:
            raise forms.ValidationError(_("This file is too big to be a mapping."))
        return file

    def clean(self) -> dict[str, Any]:
        """Ask for a source: a known one, or the key and name of a new one."""
        data: dict[str, Any] = super().clean() or {}
        key = data.get("key") or ""
        if not data.get("source") and not (key and data.get("name")):
            self.add_error("key", _("Choose a source, or name a new one."))
        elif not data.get("source") and Source.objects.filter(key=key).exists():
            self.add_error("key", _("There is a source with this key. Choose it above."))
        return data

    def source_key(self) -> str:
        """Return the key of the source that was chosen or named."""
        source: Source | None = self.cleaned_data["source"]
        return source.key if source else str(self.cleaned_data["key"])
