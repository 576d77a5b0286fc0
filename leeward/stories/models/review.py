"""Two pairs of eyes: who may approve a page, and who may not."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _
from wagtail.models import (
    AbstractGroupApprovalTask,
    Page,
    PagePermissionTester,
    Revision,
    TaskState,
    WorkflowState,
)

PUBLISH_ALONE = "stories.publish_without_review"


def writers_of(page: Page) -> set[int]:
    """Return the ids of the accounts that wrote what would be published now.

    Everybody who saved a version since the one that is live, or ever when none is.
    """
    versions = Revision.objects.for_instance(page)
    if page.live_revision_id:
        versions = versions.filter(pk__gt=page.live_revision_id)
    return set(versions.exclude(user=None).values_list("user_id", flat=True))


class ReviewTask(AbstractGroupApprovalTask):
    """One of the two reviews. Nobody reviews their own text, and nobody does both reviews."""

    class Meta:
        verbose_name = _("review by another person")
        verbose_name_plural = _("reviews by another person")

    def may_review(self, page: Page, user: Any) -> bool:
        """Return whether `user` may decide on this step for `page`."""
        state = page.current_workflow_state
        return bool(
            state is not None
            and (user.is_superuser or self._user_in_groups(user))
            and user.pk not in writers_of(page)
            and user.pk != state.requested_by_id
            and not self._did_other_review(state, user)
        )

    def _did_other_review(self, state: WorkflowState, user: Any) -> bool:
        current = state.current_task_state
        return bool(
            TaskState.objects.filter(
                workflow_state=state,
                status=TaskState.STATUS_APPROVED,
                finished_by=user,
                revision=current.revision if current else None,
            )
            .exclude(task=self)
            .exists()
        )

    def get_actions(self, obj: Page, user: Any) -> list[tuple[str, str, bool]]:
        """Return what `user` may do; approving only when nothing stands in the way."""
        if not self.may_review(obj, user):
            return []
        actions: list[tuple[str, str, bool]] = super().get_actions(obj, user)
        page = obj.get_latest_revision_as_object()
        if page.reasons_not_to_publish():
            actions = [action for action in actions if action[0] != "approve"]
        return actions

    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> None:
        """Approve or send back. Raises PermissionDenied for somebody who may not."""
        page = task_state.workflow_state.content_object
        if action_name not in {name for name, _label, _asks in self.get_actions(page, user)}:
            raise PermissionDenied
        super().on_action(task_state, user, action_name, **kwargs)

    @classmethod
    def get_description(cls) -> str:
        """Return what editors read about this kind of step."""
        return str(_("Somebody of the chosen groups who did not write the text must agree."))


class ReviewedPagePermissions(PagePermissionTester):
    """What somebody may do with a page: publishing goes through the two reviews."""

    def can_publish(self) -> bool:
        """Return whether the person may publish without the reviews; hardly anybody may."""
        return bool(super().can_publish() and self.user.has_perm(PUBLISH_ALONE))

    def can_publish_subpage(self) -> bool:
        """Return whether the person may make a page and publish it at once."""
        return bool(super().can_publish_subpage() and self.user.has_perm(PUBLISH_ALONE))
