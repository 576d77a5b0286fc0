"""What the interface says when it can't answer: RFC 9457 problems, calm, quoting nothing sent."""

from __future__ import annotations

from http import HTTPStatus

from django.http import JsonResponse

KIND = "application/problem+json"


class Problem(Exception):
    """A question that can't be answered: an HTTP status, and one sentence that says why.

    parameter: the name of the parameter that can't be used, one of ours; never what was sent.
    """

    def __init__(self, status: HTTPStatus, detail: str, *, parameter: str = "") -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.parameter = parameter


def answer(problem: Problem) -> JsonResponse:
    """Return a problem as an answer."""
    said: dict[str, object] = {
        "type": "about:blank",
        "title": problem.status.phrase,
        "status": int(problem.status),
        "detail": problem.detail,
    }
    if problem.parameter:
        said["parameter"] = problem.parameter
    return JsonResponse(said, status=problem.status, content_type=KIND)
