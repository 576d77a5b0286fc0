"""One import from path to report: read, check, compare, and write at one stroke or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from leeward.directory.exchange import duplicates, hiding, places
from leeward.directory.exchange.checking import Check, Record
from leeward.directory.exchange.finishing import FINISHERS
from leeward.directory.exchange.known import Known
from leeward.directory.exchange.package import Problems
from leeward.directory.exchange.readers import kinds
from leeward.directory.exchange.reporting import Report
from leeward.directory.exchange.writing import Writer
from leeward.directory.models import ImportRun, Source
from leeward.directory.services import missing
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
    run's record. finds_duplicates: propose pairs to merge. streams: hold little at a time, and the
    database longer; for files of many rows while nobody else writes.
    """

    source: str
    kind: str = "auto"
    mapping: Path | None = None
    dry_run: bool = False
    strict: bool = False
    by: Account | None = None
    about: dict[str, Any] = field(default_factory=dict)
    finds_duplicates: bool = True
    streams: bool = False


def import_file(path: Path, wanted: Wanted, *, progress: Progress | None = None) -> Report:
    """Import what lies at `path` and return what was found and done.

    Everything is written in one transaction: a stop in the middle leaves nothing behind, and the
    same file again changes nothing. A dry run asks the database and writes nothing.
    Raises FileUnfit when it can't be read at all, NotWritten with `strict`.
    """
    problems = Problems()
    packages = kinds.read(path, wanted.kind, wanted.mapping, problems)
    run = _Run(wanted, problems, progress)
    fits = (run.check.check(package) for package in packages)
    # Checked first, so that the database is not kept from others for longer than the writing.
    checked = fits if wanted.streams else list(fits)
    if wanted.dry_run:
        return run.finish(checked)
    if wanted.strict and problems.count:
        raise NotWritten(run.report(is_written=False))
    with transaction.atomic():
        source = run.own_source()
        report = run.finish(checked)
        if wanted.strict and problems.count:
            raise NotWritten(run.report(is_written=False))
        run.note(source, report)
    log.info("directory.imported", **report.totals())
    drop_kept_pages()
    return report


class _Run:
    def __init__(self, wanted: Wanted, problems: Problems, progress: Progress | None) -> None:
        self.wanted, self.progress = wanted, progress
        source = Source.objects.filter(key=wanted.source).first()
        self.known = Known(source.pk if source else None)
        self.check = Check(wanted.source, settings.CONFIG.country, self.known, problems, FINISHERS)
        self.writer = Writer(source, self.known, writes=not wanted.dry_run)
        self.confidential: set[Any] = set()
        self.gone: set[UUID] = set()
        self.pairs = 0

    def own_source(self) -> Source:
        """Return the source, made unless it is there."""
        source, _made = Source.objects.get_or_create(
            key=self.wanted.source, defaults={"name": self.wanted.source, **self.wanted.about}
        )
        self.writer.source, self.known.source_id = source, source.pk
        return source

    def finish(self, checked: Iterable[dict[str, list[Record]]]) -> Report:
        """Compare, and write unless it is a dry run."""
        is_dry = self.wanted.dry_run
        for fit in checked:
            hidden = hiding.hide_places(fit)
            places.give_each_service_one(fit, self.known)
            if not is_dry:
                hiding.hide_stored(hidden)
            self.writer.write(fit)
            self.confidential |= set(hidden)
            if not is_dry:
                hiding.seal_brought(hidden)
            if self.progress is not None:
                self.progress(sum(len(records) for records in fit.values()))
        self._find_missing(is_dry=is_dry)
        if self.wanted.finds_duplicates and not is_dry:
            self.pairs = duplicates.propose(self.writer.new_services)
        return self.report(is_written=not is_dry)

    def _find_missing(self, *, is_dry: bool) -> None:
        """Note what the file of a known source leaves out."""
        if (source := self.writer.source) is None:
            return
        self.gone = missing.of_source(source, self.known.of("service"))
        if not is_dry:
            missing.note(source, self.gone)

    def report(self, *, is_written: bool) -> Report:
        """Return what was found so far."""
        check, writer, problems = self.check, self.writer, self.check.problems
        return Report(
            source=self.wanted.source,
            is_written=is_written,
            counts=dict(writer.counts),
            problems=problems.kept,
            problem_count=problems.count,
            rows_lost=problems.rows_lost,
            repeated=check.repeated,
            unread={
                name: sorted(told - {"id"}) for name, told in check.unread.items() if told > {"id"}
            },
            confidential=len(self.confidential),
            hidden_kept=writer.hidden_kept,
            staff_kept=writer.staff_kept,
            pairs=self.pairs,
            gone=len(self.gone),
        )

    def note(self, source: Source, report: Report) -> None:
        """Keep what the run found, without a word of any row."""
        ImportRun.objects.create(
            source=source,
            by=self.wanted.by,
            on=timezone.now().date(),
            counts=report.totals(),
            problems=report.kept_problems(),
        )
