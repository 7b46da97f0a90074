"""What a check found. Data, and running a check so that it always ends in a finding."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from enum import StrEnum

import msgspec

_LONGEST = 400
_TOKEN = re.compile(r"\b(hf_|api_org_)\w+")


class Status(StrEnum):
    """How well it stands."""

    OK = "ok"
    NOTE = "note"
    PROBLEM = "problem"


class Finding(msgspec.Struct, frozen=True):
    """What a check found.

    Attributes:
        name: What was looked at.
        status: How well it stands.
        found: What is there.
        mend: What to do about it; empty where there is nothing to do.
        stops_demo: Whether `vstar-data build demo` cannot run because of it.
    """

    name: str
    status: Status
    found: str
    mend: str = ""
    stops_demo: bool = False


class Check(msgspec.Struct, frozen=True):
    """A check: one look at one thing.

    Attributes:
        name: What is looked at.
        look: Looks; may raise anything.
        needed: Whether `vstar-data build demo` needs what is looked at.
    """

    name: str
    look: Callable[[], Finding]
    needed: bool = False


def ok(name: str, found: str, mend: str = "") -> Finding:
    """Returns the finding that all is well."""
    return Finding(name, Status.OK, found, mend)


def note(name: str, found: str, mend: str) -> Finding:
    """Returns the finding of something that works and could be better."""
    return Finding(name, Status.NOTE, found, mend)


def problem(name: str, found: str, mend: str) -> Finding:
    """Returns the finding of something that does not work."""
    return Finding(name, Status.PROBLEM, found, mend)


def finding(check: Check) -> Finding:
    """Runs a check. One that raises, or ends the program, has found a problem: what it raised.

    Whether the problem stops the demo follows from whether the demo needs the thing.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = check.look()
    except (Exception, SystemExit) as raised:
        text = f"{type(raised).__name__}: {raised}".rstrip(": ")
        found = problem(check.name, f"the check failed: {text}", "see what it says, and install what is broken again")
    return msgspec.structs.replace(
        found,
        found=shown(found.found),
        mend=shown(found.mend),
        stops_demo=check.needed and found.status is Status.PROBLEM,
    )


def shown(text: str) -> str:
    """Returns text on one line, cut, without anything that looks like a token of the Hub."""
    line = _TOKEN.sub("hf_***", " ".join(text.split()))
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
