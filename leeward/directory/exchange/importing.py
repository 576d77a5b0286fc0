"""One import from path to report: read, check, compare, and write at one stroke or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from leeward.directory.exchange import duplicates, hiding, places, readers
from leeward.directory.exchange.checking import Check
from leeward.directory.exchange.finishing import FINISHERS
from leeward.directory.exchange.known import Known
from leeward.directory.exchange.package import Package, Problems
from leeward.directory.exchange.readers import kinds
from leeward.directory.exchange.reporting import Report
from leeward.directory.exchange.writing import Writer
from leeward.directory.models import ImportRun, Service, Source
from leeward.people.models import Account
from leeward.safety import log
from leeward.safety.generation import drop_kept_pages

Progress = Callable[[int], None]  # told how many rows were done more


class NotWritten(Exception):
    """Something was wrong and `strict` was asked for; `report` says what. Nothing was stored."""

    def __init__(self, report: Report) -> None:
        super().__init__(f"{report.problem_count} problems")
        self.report = report


@dataclass(frozen=True, slots=True)
class Wanted:
    """How to import. kind: one of kinds.KINDS, or auto. source: the key of a Source.

    about: values of the Source (name, url, licence, as_of, note_en, note_es), set when it is new.
    mapping: for kind csv. dry_run: only compare. strict: all or nothing. by: who does it, for the
    run's record. finds_duplicates: propose pairs to merge.
    """

    source: str
    kind: str = "auto"
    mapping: Path | None = None
    dry_run: bool = False
    strict: bool = False
    by: Account | None = None
    about: dict[str, Any] = field(default_factory=dict)
    finds_duplicates: bool = True


def import_file(path: Path, wanted: Wanted, *, progress: Progress | None = None) -> Report:
    """Import what lies at `path` and return what was found and done.

    Everything is written in one transaction: a stop in the middle leaves nothing behind, and the
    same file again changes nothing. A dry run asks the database and writes nothing.
    Raises FileUnfit when it can't be read at all, NotWritten with `strict`.
    """
    problems = Problems()
    packages = kinds.read(path, wanted.kind, wanted.mapping, problems)
    if wanted.dry_run:
        source = Source.objects.filter(key=wanted.source).first()
        return _run(packages, wanted, source, problems, progress)
    with transaction.atomic():
        source, _made = Source.objects.get_or_create(
            key=wanted.source, defaults={"name": wanted.source, **wanted.about}
        )
        report = _run(packages, wanted, source, problems, progress)
        if wanted.strict and report.problem_count:
            report.is_written = False
            raise NotWritten(report)
        _note_run(source, wanted, report)
    log.info("directory.imported", source=source.pk, **report.totals())
    drop_kept_pages()
    return report


def _run(
    packages: Iterator[Package],
    wanted: Wanted,
    source: Source | None,
    problems: Problems,
    progress: Progress | None,
) -> Report:
    known = Known(source.pk if source else None)
    check = Check(wanted.source, settings.CONFIG.country, known, problems, FINISHERS)
    writer = Writer(source, known, writes=not wanted.dry_run)
    confidential: set[Any] = set()
    for package in packages:
        rows = len(package)
        fit = check.check(package)
        hidden = hiding.hide_places(fit)
        places.give_each_service_one(fit, known)
        writer.write(fit)
        confidential |= set(hidden)
        if not wanted.dry_run:
            hiding.clear_traces(hidden)
        if progress is not None:
            progress(rows)
    pairs = 0
    if wanted.finds_duplicates and not wanted.dry_run:
        pairs = duplicates.propose(writer.new_services)
    return Report(
        source=wanted.source,
        is_written=not wanted.dry_run,
        counts=dict(writer.counts),
        problems=problems.kept,
        problem_count=problems.count,
        rows_lost=problems.rows_lost,
        repeated=check.repeated,
        unread={table: sorted(columns) for table, columns in check.unread.items()},
        confidential=len(confidential),
        hidden_kept=writer.hidden_kept,
        staff_kept=writer.staff_kept,
        pairs=pairs,
        gone=_gone(source, known),
    )


def _gone(source: Source | None, known: Known) -> int:
    if source is None:
        return 0
    stored = Service.objects.filter(source=source).values_list("pk", flat=True)
    named = known.of("service")
    return sum(each not in named for each in stored.iterator())


def _note_run(source: Source, wanted: Wanted, report: Report) -> None:
    ImportRun.objects.create(
        source=source,
        by=wanted.by,
        on=timezone.now().date(),
        counts=report.totals(),
        problems=report.kept_problems(),
    )
