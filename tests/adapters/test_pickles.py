"""The reader of pickles: plain data comes back, anything else is an error, and nothing in a file is ever run."""

from __future__ import annotations

import collections
import datetime
import math
import os
import pickle
import struct
import sys
import tracemalloc
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from label_adapters import pickles
from label_adapters.pickles import read_pickle
from vstar_data.errors import AnnotationError

WHOLE = st.integers(-(2**63), 2**63 - 1)
SCALARS = st.one_of(st.none(), st.booleans(), WHOLE, st.floats(allow_nan=False), st.text(st.characters(codec="utf-8")))
KEYS = st.one_of(SCALARS, st.tuples(SCALARS, SCALARS))
PLAIN = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(KEYS, inner), st.tuples(inner, inner, inner, inner)),
    max_leaves=20,
)


def written(folder: Path, content: bytes) -> Path:
    path = folder / "annotations.pkl"
    path.write_bytes(content)
    return path


def result(folder: Path, content: bytes) -> Any:
    return read_pickle(written(folder, content))


def refusal(folder: Path, content: bytes) -> str:
    with pytest.raises(AnnotationError) as problem:
        result(folder, content)
    return str(problem.value)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(PLAIN, st.integers(0, 4))
def test_plain_data_comes_back_from_every_protocol(tmp_path, value, protocol):
    assert result(tmp_path, pickle.dumps(value, protocol)) == value


@pytest.mark.parametrize("protocol", [2, 3, 4])
@pytest.mark.parametrize(
    "code", ["b1", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8", ">i8", ">f4", "U7"]
)
def test_arrays_and_scalars_become_lists_and_numbers(tmp_path, code, protocol):
    flat = np.array([0, 1, 1, 7, 0, 12] if code != "U7" else ["", "a", "é€", "tuck", "Pike", "Soms."]).astype(code)
    given_ = {"flat": flat, "grid": flat.reshape(3, 2), flat[3]: flat[4]}
    found = result(tmp_path, pickle.dumps(given_, protocol))
    assert found == {"flat": flat.tolist(), "grid": flat.reshape(3, 2).tolist(), flat[3]: flat[4]}
    assert {type(each) for each in [*found["flat"], *found.values(), *found]} <= {list, str, int, float, bool}


def test_the_names_of_both_generations_of_numpy_are_known(tmp_path):
    content = pickle.dumps([np.arange(3), np.int64(4)], protocol=3)
    for name in (b"numpy.core.", b"numpy._core."):
        assert result(tmp_path, content.replace(b"numpy._core.", name)) == [[0, 1, 2], 4]


def test_an_empty_array_and_a_set_come_back(tmp_path):
    assert result(tmp_path, pickle.dumps([np.arange(0), {1, "a"}], 4)) == [[], {1, "a"}]


class Runs:
    """An object that has a function called when it is unpickled."""

    def __init__(self, function: Any, *arguments: Any) -> None:
        self.reduced = (function, arguments)

    def __reduce__(self) -> Any:
        return self.reduced


def called(module: str, name: str, *arguments: str) -> bytes:
    """A pickle that finds a function by STACK_GLOBAL, which takes any two texts, and calls it."""
    texts = [b"\x8c" + bytes([len(text)]) + text.encode() for text in (module, name, *arguments)]
    return b"\x80\x04" + texts[0] + texts[1] + b"\x93(" + b"".join(texts[2:]) + b"tR."


TOUCH = "__import__('pathlib').Path('ran').touch()"
NDARRAY, RECONSTRUCT = b"cnumpy\nndarray\n", b"cnumpy.core.multiarray\n_reconstruct\n"
DTYPE = b"cnumpy\ndtype\n"
GADGETS = {
    "os.system": pickle.dumps(Runs(os.system, "touch ran"), 2),
    "posix.system": b"cposix\nsystem\n(S'touch ran'\ntR.",
    "eval": pickle.dumps(Runs(eval, TOUCH), 4),
    "exec": pickle.dumps([Runs(exec, TOUCH)], 0),
    "open": pickle.dumps(Runs(open, "ran", "w"), 4),
    "getattr": pickle.dumps(Runs(getattr, "a", "upper"), 4),
    "import": called("builtins", "__import__", "this"),
    "subprocess": called("subprocess", "getoutput", "touch ran"),
    "numpy.load": called("numpy", "load", "ran"),
    "numpy.save": called("numpy", "save", "ran", "x"),
    "numpy.memmap": called("numpy", "memmap", "ran"),
    "numpy fromfile": called("numpy.core.multiarray", "fromfile", "ran"),
    "dotted ndarray": called("numpy", "ndarray.tofile", "ran"),
    "dotted module": called("numpy", "core.multiarray._reconstruct"),
    "dotted globals": called("numpy.core.multiarray", "_reconstruct.__globals__"),
    "dotted os": called("numpy", "os.system", "touch ran"),
    "name with a space": b"cnumpy dtype\nx\n(tR.",
    "inst": b"(S'touch ran'\nios\nsystem\n.",
    "obj": b"(cos\nsystem\nS'touch ran'\no.",
    "new object": b"\x80\x02" + NDARRAY + b"(J\xff\xff\xff\x7ft\x81.",
    "extension": b"\x80\x02\x82\x01.",
    "persistent": b"\x80\x02X\x01\x00\x00\x00aQ.",
    "state of a dict": b"\x80\x02}(X\x09\x00\x00\x00__class__cnumpy\nndarray\nub.",
    "state of a list": b"\x80\x02](X\x01\x00\x00\x00a}tb.",
    "class as value": b"\x80\x02" + NDARRAY + b".",
    "class in a list": b"\x80\x02](" + NDARRAY + b"e.",
    "class in a dict": b"\x80\x02}X\x01\x00\x00\x00a(" + NDARRAY + b"ts.",
    "call of ndarray": b"\x80\x02" + NDARRAY + b"(K\x05tR.",
    "call of a list": b"\x80\x02](tR.",
    "encoding": b"\x80\x02c_codecs\nencode\n(X\x01\x00\x00\x00aX\x03\x00\x00\x00ziptR.",
    "object array": pickle.dumps(np.array([Runs(eval, TOUCH)], dtype=object), 4),
    "object scalar": b"\x80\x02cnumpy.core.multiarray\nscalar\n(" + DTYPE + b"(X\x02\x00\x00\x00O8K\x00K\x01tRK\x01tR.",
    "record array": pickle.dumps(np.zeros(2, dtype=[("a", "i4"), ("b", "f4")]), 4),
    "datetime array": pickle.dumps(np.zeros(2, dtype="M8[s]"), 4),
    "ordered dict": pickle.dumps(collections.OrderedDict(a=1), 4),
    "date": pickle.dumps(datetime.date(2030, 1, 1), 4),
    "path": pickle.dumps(Path("a"), 4),
    "complex": pickle.dumps(1j, 4),
    "array by columns": pickle.dumps(np.asfortranarray(np.arange(6).reshape(2, 3)), 4),
    "array without dimensions": pickle.dumps(np.array(3), 4),
    "buffer out of band": pickle.dumps(pickle.PickleBuffer(b"abc"), 5, buffer_callback=lambda _: False),
    "class of this file": pickle.dumps(Runs(Runs, "a"), 4),
}


@pytest.mark.parametrize("gadget", GADGETS)
def test_no_pickle_runs_code(tmp_path, monkeypatch, gadget):
    monkeypatch.chdir(tmp_path)
    before = set(sys.modules)
    message = refusal(tmp_path, GADGETS[gadget])
    assert [path.name for path in tmp_path.iterdir()] == ["annotations.pkl"]
    assert not {"this", "subprocess", "antigravity"} & (set(sys.modules) - before)
    assert "fault" not in message


def test_the_gadgets_would_run_code(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("os.system", "posix.system", "eval", "exec", "subprocess", "inst", "obj"):
        pickle.loads(GADGETS[name])
        (tmp_path / "ran").unlink()


def test_the_error_names_the_file_what_was_refused_and_the_mend(tmp_path):
    message = refusal(tmp_path, GADGETS["eval"])
    for part in (str(tmp_path / "annotations.pkl"), "builtins.eval", "plain data", "do not load it with `pickle.load`"):
        assert part in message
    assert "numpy.ndarray.tofile" in refusal(tmp_path, GADGETS["dotted ndarray"])
    assert "'O8'" in refusal(tmp_path, GADGETS["object array"])


def array(shape: bytes, raw: bytes = b"U\x00", dtype: bytes = b"i8") -> bytes:
    """An array that is rebuilt, with its shape and the bytes of its elements as they are given."""
    size = bytes([len(dtype), 0, 0, 0])
    made = RECONSTRUCT + b"(" + NDARRAY + b"(K\x00tU\x01btR(K\x01" + shape + DTYPE
    return (
        made
        + b"(X"
        + size
        + dtype
        + b"K\x00K\x01tR(K\x03U\x01<NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00tb\x89"
        + raw
        + b"tb"
    )


BILLION = b"J\x00\xca\x9a\x3b"
BOMBS = {
    "place in the memo": b"\x80\x02K\x01r\xff\xff\xff\xff.",
    "bytes that are not there": b"\x80\x04\x8e" + struct.pack("<Q", 2**40) + b"abc.",
    "text that is not there": b"\x80\x04\x8d" + struct.pack("<Q", 2**62) + b"abc.",
    "frame that is not there": b"\x80\x04\x95" + struct.pack("<Q", 2**62) + b"N.",
    "number": b"\x80\x02\x8b" + struct.pack("<i", 100_000) + b"\x7f" * 100_000 + b".",
    "shape of the placeholder": b"\x80\x02" + RECONSTRUCT + b"(" + NDARRAY + b"(" + BILLION + b"tU\x01btR.",
    "shape without elements": b"\x80\x02" + array(b"(" + BILLION + b"K\x00t") + b".",
    "shape with more elements": b"\x80\x02" + array(b"(" + BILLION + b"t") + b".",
    "shape below none": b"\x80\x02" + array(b"(J\xff\xff\xff\xffJ\xff\xff\xff\xfft", b"U\x08" + b"\0" * 8) + b".",
    "many dimensions": b"\x80\x02" + array(b"(" + b"K\x01" * 5000 + b"t", b"U\x08" + b"\0" * 8) + b".",
    "wide text": b"\x80\x02" + array(b"(K\x01t", dtype=b"U999999999") + b".",
    "blank type": b"\x80\x02" + array(b"(K\x01t", dtype=b"V99999999") + b".",
    "bytes named again": b"\x80\x02(T\x00\x00\x01\x00" + b"\1" * 65536 + b"q\x09"
    + array(b"(J\x00\x00\x01\x00t", b"h\x09", b"i1") * 500 + b"l.",
    "empty containers": b"\x80\x04(" + b"\x8f}]" * 100_000 + b"l.",
    "deep key": b"\x80\x02}" + b")" + b"\x85" * 900 + b"Ns.",
    "key of many": b"\x80\x02}" + b")" + b"q\x01h\x01\x86" * 60 + b"Ns.",
}  # fmt: skip


HARMLESS = {"place in the memo": 1, "frame that is not there": None, "shape without elements": []}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_small_pickle_takes_little_memory(tmp_path, bomb):
    path = written(tmp_path, BOMBS[bomb])
    tracemalloc.start()
    try:
        if bomb in HARMLESS:
            assert read_pickle(path) == HARMLESS[bomb]
        else:
            with pytest.raises(AnnotationError):
                read_pickle(path)
        assert tracemalloc.get_traced_memory()[1] < 200_000 + 40 * len(BOMBS[bomb])
    finally:
        tracemalloc.stop()


def test_a_well_formed_array_of_the_kind_that_the_bombs_are_made_of_is_read(tmp_path):
    raw = b"U\x10" + struct.pack("<2q", 5, -6)
    assert result(tmp_path, b"\x80\x02" + array(b"(K\x02t", raw) + b".") == [5, -6]


def test_a_file_that_is_far_too_large_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(pickles, "MAX_BYTES", 10)
    assert "at most 10 bytes" in refusal(tmp_path, pickle.dumps(["a" * 20]))


def test_every_cut_of_a_pickle_is_an_error(tmp_path):
    content = pickle.dumps({("a", 1): [np.arange(3), "b", 2.5, (True, None)]}, 3)
    for end in range(len(content)):
        assert "not a whole pickle" in refusal(tmp_path, content[:end])


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_damaged_pickles_give_plain_data_or_an_error(tmp_path, data):
    good = pickle.dumps(
        {("a", np.int64(1)): [np.arange(3), "b", 2.5, (True, None)], "c": {1: "d"}}, data.draw(st.integers(0, 4))
    )
    content = bytearray(good)
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        found = result(tmp_path, bytes(content))
    except AnnotationError:
        return
    assert_plain(found, 12)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from([*b"(.0aehijlqrstuRbcMNKGUX]})\x80\x81\x85\x86\x87\x88\x93\x94\x8f\x90", 0, 1])))
def test_random_steps_give_plain_data_or_an_error(tmp_path, steps):
    try:
        found = result(tmp_path, bytes(steps) + b".")
    except AnnotationError:
        return
    assert_plain(found, 12)


def assert_plain(value: Any, depth: int) -> None:
    assert type(value) in (type(None), bool, int, float, str, bytes, list, tuple, dict, set)
    if depth and isinstance(value, list | tuple | set):
        for each in value:
            assert_plain(each, depth - 1)
    if depth and isinstance(value, dict):
        for key, each in value.items():
            assert_plain(key, depth - 1)
            assert_plain(each, depth - 1)


def test_the_texts_of_python_2_come_back(tmp_path):
    assert result(tmp_path, b"(lp0\nS'3.5 Soms.Pike'\np1\naS'a\\q'\naU\x03abca.") == ["3.5 Soms.Pike", "a\\q", "abc"]


def test_nan_and_infinity_are_left_to_those_who_know_what_they_mean(tmp_path):
    found = result(tmp_path, pickle.dumps([math.inf, math.nan], 4))
    assert found[0] == math.inf
    assert math.isnan(found[1])
