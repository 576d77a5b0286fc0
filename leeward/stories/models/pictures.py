"""Pictures, rewritten when they come in: pixels stay, everything else about them goes.

A photo from a phone says where and when it was taken and with which phone. What is stored here is
drawn anew from the pixels, under a random name, so neither the original nor any size made from
it can say that. A drawing format that can hold scripts (SVG) is refused by the settings.
"""

from __future__ import annotations

import secrets
from io import BytesIO
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models
from django.utils.translation import gettext_lazy as _
from PIL import Image as PillowImage
from PIL import ImageOps, UnidentifiedImageError
from wagtail.images.models import AbstractImage, AbstractRendition, Image

MOST_SIDE_PX = 2000
JPEG_QUALITY = 82
# What comes in → what is stored. A GIF becomes its first picture: nothing moves on these pages.
FORMATS = {"JPEG": "JPEG", "PNG": "PNG", "WEBP": "WEBP", "GIF": "PNG"}
EXTENSIONS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}


def redraw(file: IO[bytes]) -> tuple[bytes, str]:
    """Return a picture drawn anew from its pixels, and the extension that fits it.

    Turned upright, at most 2000 px a side, without EXIF, GPS, XMP, ICC, comments or thumbnails.
    Raises ValidationError for anything but JPEG, PNG, WebP and GIF.
    """
    try:
        file.seek(0)
        with PillowImage.open(file, formats=list(FORMATS)) as source:
            kind = FORMATS[source.format or ""]
            upright = ImageOps.exif_transpose(source)
            mode = "RGB" if kind == "JPEG" or not _has_clear_parts(upright) else "RGBA"
            plain = upright.convert(mode)
    except (UnidentifiedImageError, OSError, KeyError, ValueError, SyntaxError) as wrong:
        raise ValidationError(_("This file is not a picture that can be used here.")) from wrong
    except PillowImage.DecompressionBombError as wrong:
        raise ValidationError(_("This picture is too large.")) from wrong
    plain.thumbnail((MOST_SIDE_PX, MOST_SIDE_PX))
    clean = PillowImage.frombytes(mode, plain.size, plain.tobytes())
    out = BytesIO()
    clean.save(out, kind, **({"quality": JPEG_QUALITY} if kind == "JPEG" else {}))
    return out.getvalue(), EXTENSIONS[kind]


def _has_clear_parts(picture: PillowImage.Image) -> bool:
    return picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info


class Picture(AbstractImage):
    """A picture that editors use. Stored redrawn, under a random name."""

    file: Any  # Wagtail's image field, which carries no types

    admin_form_fields = Image.admin_form_fields

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        permissions: list[tuple[str, str]] = []

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the picture; a file that just came in is redrawn first."""
        self.redraw_new_file()
        super().save(*args, **kwargs)

    def redraw_new_file(self) -> None:
        """Replace a file that is not stored yet by its redrawn self. Raises ValidationError."""
        is_stored = getattr(self.file, "_committed", True)
        if not self.file or is_stored or getattr(self.file, "is_redrawn", False):
            return
        data, extension = redraw(self.file)
        self.file = ContentFile(data, name=f"{secrets.token_hex(16)}.{extension}")
        self.file.is_redrawn = True
        self._set_image_file_metadata()

    def get_upload_to(self, filename: str) -> str:
        """Return where the original goes: a random name that says nothing."""
        extension = filename.rpartition(".")[2].lower()
        return f"originals/{secrets.token_hex(16)}.{extension}"


class PictureRendition(AbstractRendition):
    """A size of a picture, made for a page."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)

    def get_upload_to(self, filename: str) -> str:
        """Return where it goes: the folder whose files are shown."""
        extension = filename.rpartition(".")[2].lower()
        return f"shown/{secrets.token_hex(16)}.{extension}"
