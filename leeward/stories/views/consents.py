"""The staff's screens about consent: where each story stands, record, open, withdraw."""

from __future__ import annotations

from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leeward.safety.access import staff_with
from leeward.sealing.box import SealBroken
from leeward.stories import services
from leeward.stories.forms import ConsentForm
from leeward.stories.models import Consent, StoryPage

CMS = "wagtailadmin.access_admin"


@staff_with(CMS)
def overview(request: HttpRequest) -> HttpResponse:
    """Show where the consent of each story stands."""
    today = datetime.now(UTC).date()
    consents = {c.story_key: c for c in Consent.objects.defer("sealed")}
    rows = []
    for story in StoryPage.objects.select_related("locale").order_by("title"):
        consent = consents.get(story.translation_key)
        state = consent.state(today) if consent else "missing"
        rows.append({"story": story, "consent": consent, "state": state})
    return render(request, "stories/staff/consents.html", {"rows": rows})


@staff_with(CMS)
def consent(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show one story's consent; take what was agreed."""
    story = get_object_or_404(StoryPage, pk=page_id)
    form = ConsentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.record_consent(
            story,
            form.about,
            agreed_on=form.cleaned_data["agreed_on"],
            until=form.cleaned_data["until"],
            by=request.user,
        )
        messages.success(request, _("The consent is recorded, and sealed."))
        return HttpResponseRedirect(reverse("stories_consent", args=[story.pk]))
    return _show(request, story, form)


@staff_with("stories.read_consent")
@require_POST
def open_consent(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show the sealed part, once, to somebody who may read it. It is put in the audit log."""
    story = get_object_or_404(StoryPage, pk=page_id)
    try:
        about = services.open_consent(story, by=request.user)
    except SealBroken:
        messages.error(request, _("The seal can't be opened. Is data/consent.key the right one?"))
        return _show(request, story, ConsentForm())
    return _show(request, story, ConsentForm(), about=about)


@staff_with("stories.withdraw_story")
@require_POST
def withdraw(request: HttpRequest, page_id: int) -> HttpResponse:
    """Take a story away for good."""
    story = get_object_or_404(StoryPage, pk=page_id)
    services.withdraw_story(story, by=request.user)
    messages.success(request, _("The story is off the site. All that was stored of it is gone."))
    return HttpResponseRedirect(reverse("stories_consents"))


def _show(
    request: HttpRequest,
    story: StoryPage,
    form: ConsentForm,
    about: services.About | None = None,
) -> HttpResponse:
    found = story.consent
    state = found.state(datetime.now(UTC).date()) if found else "missing"
    context = {"story": story, "consent": found, "state": state, "form": form, "about": about}
    return render(request, "stories/staff/consent.html", context)
