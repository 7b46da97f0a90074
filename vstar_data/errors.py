"""The exceptions that vstar-data raises on purpose.

    VstarDataError                 everything below; the command line prints it without a traceback
    ├── UsageError                 exit code 2: the user can mend it before any work is done
    │   ├── RecordError            a value that does not fit the vocabulary
    │   ├── AnnotationError        an annotation file that cannot be read as its adapter expects
    │   ├── RecipeError            an unknown key, a bad value, a recipe that contradicts itself
    │   ├── UnknownNameError       no adapter, recipe, engine or profile of that name
    │   └── ModelError             a model folder that lacks a part
    ├── RunError                   exit code 1: disk, network or model failed while working
    │   ├── StorageError           a folder that cannot be written, a file that cannot be read
    │   ├── EngineError            the model could not be loaded, or answers nothing
    │   └── BlocksClaimedError     other processes hold all the work that is left
    └── UnusableClipError          never reaches the user: becomes a line of the ledger of unusable clips

A message says what is wrong, where, what was expected, what was found and how to mend it.
"""

from __future__ import annotations

from collections.abc import Iterable


class VstarDataError(Exception):
    """The base of all errors here.

    Args:
        what: One sentence: what is wrong.
        where: The file and line, the key, or the folder concerned.
        expected: What would have been right.
        found: What was there instead.
        mend: What the user can do about it.
    """

    exit_code = 1

    def __init__(
        self,
        what: str,
        *,
        where: str | None = None,
        expected: str | None = None,
        found: str | None = None,
        mend: str | None = None,
    ) -> None:
        self.what, self.where, self.expected, self.found, self.mend = what, where, expected, found, mend
        parts = {"where": where, "expected": expected, "found": found, "mend": mend}
        super().__init__("\n".join([what, *(_part(name, text) for name, text in parts.items() if text)]))


class UsageError(VstarDataError):
    """Wrong usage or input, found before any work is done."""

    exit_code = 2


class RecordError(UsageError):
    """A value that does not fit the vocabulary of `vstar_data.records`."""


class AnnotationError(UsageError):
    """An annotation file that cannot be read as its adapter expects."""


class RecipeError(UsageError):
    """A recipe with an unknown key or a bad value."""


class UnknownNameError(UsageError):
    """No adapter, recipe, engine or profile of that name."""


class ModelError(UsageError):
    """A model folder that lacks a part: weights, processor or chat template."""


class RunError(VstarDataError):
    """Disk, network or model failed while working."""


class StorageError(RunError):
    """A folder that cannot be written or a stored file that cannot be read."""


class EngineError(RunError):
    """The model could not be loaded or does not answer."""


class BlocksClaimedError(RunError):
    """Other processes hold all the work that is left."""


class UnusableClipError(VstarDataError):
    """A clip that cannot be used, with the code that goes into the ledger.

    Args:
        reason: A value of `vstar_data.records.UnusableReason`.
        detail: What was found, for the person who mends the file.
    """

    def __init__(self, reason: str, detail: str) -> None:
        self.reason, self.detail = reason, detail
        super().__init__(f"{reason}: {detail}")


def _part(name: str, text: str) -> str:
    return f"  {name + ':':<10}" + text.replace("\n", "\n" + " " * 12)


def nearest(name: str, known: Iterable[str]) -> str:
    """Says which known name is meant, for the `mend` of an error.

    Args:
        name: The name that was given.
        known: The names that exist.

    Returns:
        `did you mean "kinetics"?` where one is close, else `one of: ...` with all of them.
    """
    from difflib import get_close_matches

    names = sorted(set(known))
    close = get_close_matches(name, names, n=1, cutoff=0.6)
    return f'did you mean "{close[0]}"?' if close else "one of: " + ", ".join(names)
