"""Work in a process of its own: what it takes of memory goes with it."""

from __future__ import annotations

import gc
import multiprocessing
import os
from importlib import import_module
from typing import Any

# Many thousand rows and hardly a circle among them: looking for circles less often saves a sixth.
OBJECTS_BEFORE_A_LOOK = 50_000


class WorkFailed(Exception):
    """The other process ended before its work was done; it said why on the terminal."""


def run_apart(module: str, function: str, data: str, *arguments: Any) -> None:
    """Call a function of a module on the site in folder `data`, and wait for its end.

    Raises WorkFailed. The module is named, not imported here: it may want Django to be ready.
    """
    context = multiprocessing.get_context("spawn")
    process = context.Process(target=_call, args=(module, function, data, arguments))
    process.start()
    process.join()
    if process.exitcode:
        raise WorkFailed(f"{module}.{function} ended with {process.exitcode}")


def _call(module: str, function: str, data: str, arguments: tuple[Any, ...]) -> None:
    import django

    gc.set_threshold(OBJECTS_BEFORE_A_LOOK)
    os.environ["LEEWARD_DATA"] = data
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leeward.settings.base")
    django.setup(set_prefix=False)
    getattr(import_module(module), function)(*arguments)
