"""Reads the pickles in which some datasets keep their annotations, without unpickling them.

`pickle.load` runs whatever program a file asks for. Here the steps of the file are carried out by a small machine that
knows plain data alone: numbers, texts, lists, tuples, dicts, sets, and the arrays and scalars of numpy, which become
lists and numbers. It looks up no name and calls nothing, so a file cannot run anything; whatever else it holds is an
error. What it makes stays within a small multiple of the size of the file. Not here: what the values mean.
"""

from __future__ import annotations

import math
import pickletools
import struct
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from vstar_data.errors import AnnotationError

MAX_BYTES = 256 * 1024 * 1024
"""The largest file that is read; those of the datasets have a few megabytes."""

_MAX_DIMENSIONS = 8
_BYTES_PER_CONTAINER = 4
_SPARE_CONTAINERS = 1024

_RECONSTRUCT, _SCALAR, _NDARRAY, _DTYPE, _ENCODE = "_reconstruct", "scalar", "ndarray", "dtype", "encode"
_ADMITTED = {
    ("numpy.core.multiarray", "_reconstruct"): _RECONSTRUCT,
    ("numpy._core.multiarray", "_reconstruct"): _RECONSTRUCT,
    ("numpy.core.multiarray", "scalar"): _SCALAR,
    ("numpy._core.multiarray", "scalar"): _SCALAR,
    ("numpy", "ndarray"): _NDARRAY,
    ("numpy", "dtype"): _DTYPE,
    ("_codecs", "encode"): _ENCODE,
}
_FORMATS = {"b1": "?", "i1": "b", "i2": "h", "i4": "i", "i8": "q", "u1": "B", "u2": "H", "u4": "I", "u8": "Q"}
_FORMATS |= {"f2": "e", "f4": "f", "f8": "d"}
_KEYS = (str, int, float, bytes, type(None))


def read_pickle(path: Path) -> Any:
    """Reads a pickle of plain data.

    Args:
        path: The file.

    Returns:
        What it holds. A numpy array is a list, nested by its dimensions; a numpy scalar is a bool, int, float or str.

    Raises:
        AnnotationError: The file is no whole pickle, holds anything but plain data, or is far too large.
    """
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise _refused(path, f"{size:,} bytes", f"a file of at most {MAX_BYTES:,} bytes")
    content = path.read_bytes()
    try:
        with warnings.catch_warnings():
            # A text of protocol 0 with a backslash that escapes nothing is taken as it stands.
            warnings.simplefilter("ignore", DeprecationWarning)
            return _Machine(len(content)).result_of(_steps(content))
    except _RefusedError as refused:
        raise _refused(path, str(refused), refused.expected) from None
    except (ValueError, LookupError, TypeError, OverflowError, struct.error) as problem:
        # The machine lets Python find out what does not fit together: a step that pops what is not there, and so on.
        raise AnnotationError(
            "The file is not a whole pickle.",
            where=str(path),
            found=" ".join(str(problem).split())[:200] or type(problem).__name__,
            mend="fetch it again; it may have been cut off or changed while it was loaded down",
        ) from None


class _RefusedError(Exception):
    """What a pickle holds besides plain data."""

    def __init__(self, found: str, expected: str = "numbers, texts, lists, dicts and numpy arrays of numbers") -> None:
        super().__init__(found[:200])
        self.expected = expected


class _Name:
    """One of the admitted names, as a value on the stack. It stands for nothing that could be called."""

    def __init__(self, name: str) -> None:
        self.name = name


class _Dtype:
    """The element type of an array: numpy's code for it, as `i8`, and the order of its bytes, `<` or `>`."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.order = "<"


class _Arguments(tuple[Any, ...]):
    """A tuple with a name or an element type in it: it may only be used up, never become part of the data."""


def _steps(content: bytes) -> Iterator[tuple[str, Any]]:
    for operation, argument, _ in pickletools.genops(content):
        yield operation.name, argument


class _Machine:
    """The stack, the memo and the budget of one file."""

    def __init__(self, size: int) -> None:
        self.stack: list[Any] = []
        self.marked: list[list[Any]] = []
        self.memo: dict[int, Any] = {}
        self.arrays: dict[int, list[Any]] = {}
        # An array's bytes can be named over and over, and a container takes one byte to ask for: both are counted.
        # (Twice the size, for before protocol 3 bytes come as a text that has to be encoded.)
        self.bytes_left = 2 * size
        self.containers_left = size // _BYTES_PER_CONTAINER + _SPARE_CONTAINERS

    def result_of(self, steps: Iterator[tuple[str, Any]]) -> Any:
        for name, argument in steps:
            if name == "STOP":
                if self.marked or len(self.stack) != 1:
                    raise ValueError("something is left over at its end")
                return _plain(self.stack[0])
            if (value := _LITERALS.get(name)) is not None:
                self.stack.append(value(argument))
            elif (step := _STEPS.get(name)) is not None:
                step(self, argument)
            else:
                raise _RefusedError(f"the step {name}, which makes objects")
        raise ValueError("it has no end")

    def container(self, value: Any) -> None:
        self.containers_left -= 1
        if self.containers_left < 0:
            raise _RefusedError("more lists, tuples and dicts than a file of this size has room to fill")
        self.stack.append(value)

    def since_mark(self) -> list[Any]:
        items = self.stack
        self.stack = self.marked.pop()
        return items

    def mark(self, _: object) -> None:
        self.marked.append(self.stack)
        self.stack = []

    def append(self, _: object) -> None:
        value = self.stack.pop()
        _typed(self.stack[-1], list).append(_plain(value))

    def appends(self, _: object) -> None:
        values = self.since_mark()
        _typed(self.stack[-1], list).extend(map(_plain, values))

    def set_item(self, _: object) -> None:
        value, key = self.stack.pop(), self.stack.pop()
        _typed(self.stack[-1], dict)[_key(key)] = _plain(value)

    def set_items(self, _: object) -> None:
        items = self.since_mark()
        _typed(self.stack[-1], dict).update(_pairs(items))

    def add_items(self, _: object) -> None:
        items = self.since_mark()
        _typed(self.stack[-1], set).update(map(_key, items))

    def tuple_of(self, count: int) -> None:
        if len(self.stack) < count:
            raise ValueError("a tuple lacks its items")
        items = self.stack[len(self.stack) - count :]
        del self.stack[len(self.stack) - count :]
        self.container(_tuple(items))

    def memoize(self, _: object) -> None:
        self.memo[len(self.memo)] = self.stack[-1]

    def put(self, place: int) -> None:
        self.memo[place] = self.stack[-1]

    def name(self, module: object, name: object) -> None:
        admitted = _ADMITTED.get((module, name)) if isinstance(module, str) and isinstance(name, str) else None
        if admitted is None:
            raise _RefusedError(f"{module}.{name}".encode("ascii", "backslashreplace").decode())
        self.stack.append(_Name(admitted))

    def reduce(self, _: object) -> None:
        """Makes what the admitted names make of their arguments."""
        arguments, called = _typed(self.stack.pop(), tuple), self.stack.pop()
        name = _typed(called, _Name).name
        if name == _RECONSTRUCT:
            # What follows fills it; the shape and type given here are placeholders in every pickle.
            kind, shape, _placeholder = arguments
            if _typed(kind, _Name).name != _NDARRAY or shape != (0,):
                raise _RefusedError(f"an array with the shape {_shown(shape)} and no elements")
            array: list[Any] = []
            self.arrays[id(array)] = array
            self.container(array)
        elif name == _DTYPE:
            self.stack.append(_Dtype(_dtype_code(arguments[0])))
        elif name == _SCALAR:
            dtype, raw = arguments
            (value,) = self.elements(_typed(dtype, _Dtype), raw)
            self.stack.append(value)
        elif name == _ENCODE:
            text, encoding = arguments
            if encoding not in ("latin1", "latin-1"):
                raise _RefusedError(f"the encoding {_shown(encoding)}")
            self.stack.append(_raw(text, self))
        else:
            raise _RefusedError(f"numpy.{name} with arguments of its own")

    def build(self, _: object) -> None:
        """Fills an array, or says how the bytes of its elements are ordered."""
        state, value = _typed(self.stack.pop(), tuple), self.stack[-1]
        if isinstance(value, _Dtype):
            order = state[1]
            if order not in ("<", ">", "|", "=") or any(part is not None for part in state[2:5]):
                raise _RefusedError("a numpy type with fields")
            value.order = ">" if order == ">" else "<"
        elif self.arrays.pop(id(value), None) is not None:
            _version, shape, dtype, by_column, raw = state
            shape = tuple(_typed(side, int) for side in _typed(shape, tuple))
            if not 1 <= len(shape) <= _MAX_DIMENSIONS or (by_column and len(shape) > 1):
                raise _RefusedError(f"an array with the shape {_shown(shape)}{', by columns' if by_column else ''}")
            elements = self.elements(_typed(dtype, _Dtype), raw)
            if len(elements) != math.prod(shape) or min(shape) < 0:
                raise ValueError(f"an array of the shape {_shown(shape)} has {len(elements)} elements")
            value.extend(self.nested(elements, shape) if elements else ())
        else:
            raise _RefusedError(f"a state for a {type(value).__name__}")

    def elements(self, dtype: _Dtype, raw: object) -> list[Any]:
        content = _raw(raw, self)
        if dtype.code[0] == "U":
            size = 4 * int(dtype.code[1:])
            encoding = "utf-32-le" if dtype.order == "<" else "utf-32-be"
            if size == 0 or len(content) % size:
                raise ValueError(f"{len(content)} bytes are no texts of {size} bytes each")
            parts = (content[at : at + size] for at in range(0, len(content), size))
            return [part.decode(encoding).rstrip("\0") for part in parts]
        letter = _FORMATS[dtype.code]
        count, rest = divmod(len(content), struct.calcsize(f"<{letter}"))
        if rest:
            raise ValueError(f"{len(content)} bytes are no whole elements of type {dtype.code}")
        return list(struct.unpack(f"{dtype.order}{count}{letter}", content))

    def nested(self, elements: list[Any], shape: tuple[int, ...]) -> list[Any]:
        for side in reversed(shape[1:]):
            self.containers_left -= len(elements) // side
            if self.containers_left < 0:
                raise _RefusedError("an array of more rows than a file of this size has room for")
            elements = [elements[at : at + side] for at in range(0, len(elements), side)]
        return elements


def _plain(value: Any) -> Any:
    if isinstance(value, _Name | _Dtype | _Arguments):
        raise _RefusedError("a name or a type of numpy as a value")
    return value


def _key(value: Any) -> Any:
    """Passes numbers, texts and flat tuples of such. Deeper ones could take for ever to hash, or end the process."""
    if type(value) is tuple and all(isinstance(part, _KEYS) for part in value):
        return value
    if not isinstance(value, _KEYS):
        raise _RefusedError(f"a key of the type {type(value).__name__}", "texts, numbers or pairs of these as keys")
    return value


def _pairs(items: list[Any]) -> dict[Any, Any]:
    return {_key(key): _plain(value) for key, value in zip(items[::2], items[1::2], strict=True)}


def _tuple(items: list[Any]) -> tuple[Any, ...]:
    special = any(isinstance(item, _Name | _Dtype | _Arguments) for item in items)
    return _Arguments(items) if special else tuple(items)


def _typed(value: Any, type_: type[Any]) -> Any:
    if not isinstance(value, type_) or isinstance(value, bool):
        raise ValueError(f"a {type_.__name__.strip('_').lower()} is expected, found a {type(value).__name__}")
    return value


def _raw(value: object, machine: _Machine) -> bytes:
    """Returns the bytes of elements; what Python 2 wrote comes as a text."""
    content = value.encode("latin-1") if isinstance(value, str) else value
    if not isinstance(content, bytes):
        raise _RefusedError(f"an array whose elements are a {type(value).__name__}")
    machine.bytes_left -= len(content)
    if machine.bytes_left < 0:
        raise _RefusedError("arrays that together are larger than the file")
    return content


def _dtype_code(code: object) -> str:
    if isinstance(code, str) and (code in _FORMATS or (code[:1] == "U" and code[1:].isdecimal() and len(code) < 7)):
        return code
    raise _RefusedError(f"an array or a scalar of the numpy type {_shown(code)}")


def _whole(number: Any) -> Any:
    if not -(2**63) <= number < 2**63:
        raise _RefusedError("a whole number of more than 64 bits")
    return number


def _text(text: Any) -> Any:
    if not text.isascii():
        text.encode()
    return text


def _shown(value: object) -> str:
    """Shows a text or a flat tuple; what is nested could take for ever to show."""
    flat = isinstance(value, tuple) and len(value) < 40 and all(isinstance(part, int) for part in value)
    return ascii(value)[:80] if flat or isinstance(value, str) else f"<{type(value).__name__}>"


def _refused(path: Path, found: str, expected: str) -> AnnotationError:
    return AnnotationError(
        "The pickle holds more than plain data, and is not read.",
        where=str(path),
        expected=expected,
        found=found,
        mend="do not load it with `pickle.load` either, which runs what a file asks for; fetch it from the dataset's "
        "own page, or save its dicts, lists and arrays anew with `pickle.dump(..., protocol=4)`",
    )


_LITERALS: dict[str, Callable[[Any], Any]] = {
    "NEWTRUE": lambda _: True,
    "NEWFALSE": lambda _: False,
    "NONE": lambda _: None,
    **dict.fromkeys(("INT", "LONG", "BININT", "BININT1", "BININT2", "LONG1", "LONG4"), _whole),
    **dict.fromkeys(("FLOAT", "BINFLOAT", "BINBYTES", "SHORT_BINBYTES", "BINBYTES8"), lambda value: value),
    **dict.fromkeys(("STRING", "BINSTRING", "SHORT_BINSTRING"), _text),
    **dict.fromkeys(("UNICODE", "BINUNICODE", "SHORT_BINUNICODE", "BINUNICODE8"), _text),
}

_STEPS: dict[str, Callable[[_Machine, Any], None]] = {
    **dict.fromkeys(("PROTO", "FRAME"), lambda machine, _: None),
    "MARK": _Machine.mark,
    "EMPTY_LIST": lambda machine, _: machine.container([]),
    "EMPTY_DICT": lambda machine, _: machine.container({}),
    "EMPTY_SET": lambda machine, _: machine.container(set()),
    "LIST": lambda machine, _: machine.container([_plain(value) for value in machine.since_mark()]),
    "DICT": lambda machine, _: machine.container(_pairs(machine.since_mark())),
    "EMPTY_TUPLE": lambda machine, _: machine.container(()),
    "TUPLE": lambda machine, _: machine.container(_tuple(machine.since_mark())),
    "TUPLE1": lambda machine, _: machine.tuple_of(1),
    "TUPLE2": lambda machine, _: machine.tuple_of(2),
    "TUPLE3": lambda machine, _: machine.tuple_of(3),
    "APPEND": _Machine.append,
    "APPENDS": _Machine.appends,
    "SETITEM": _Machine.set_item,
    "SETITEMS": _Machine.set_items,
    "ADDITEMS": _Machine.add_items,
    "MEMOIZE": _Machine.memoize,
    **dict.fromkeys(("PUT", "BINPUT", "LONG_BINPUT"), _Machine.put),
    **dict.fromkeys(("GET", "BINGET", "LONG_BINGET"), lambda machine, place: machine.stack.append(machine.memo[place])),
    "GLOBAL": lambda machine, names: machine.name(*names.split(" ", 1)),
    "STACK_GLOBAL": lambda machine, _: machine.name(*reversed((machine.stack.pop(), machine.stack.pop()))),
    "REDUCE": _Machine.reduce,
    "BUILD": _Machine.build,
}
