"""Whoosh without its pickles' teeth.

Whoosh keeps its table of contents, segments, postings and stored fields as pickles, and a pickle may call anything.
Here every unpickling of Whoosh's goes through an unpickler that admits a short list of classes.
"""

from __future__ import annotations

import io
import pickle
import sys
import warnings
from types import SimpleNamespace
from typing import Any, BinaryIO

# Compared as whole strings, so that a dotted name ("filestore" + "os.system") is none of them.
ADMITTED = frozenset(
    {
        ("builtins", "int"),
        ("collections", "defaultdict"),
        ("diplo_cli.engines.whoosh_fields", "PackedPositions"),
        ("diplo_cli.engines.whoosh_fields", "TokenField"),
        ("whoosh.codec.whoosh3", "W3Codec"),
        ("whoosh.codec.whoosh3", "W3Segment"),
        ("whoosh.columns", "NumericColumn"),
        ("whoosh.columns", "VarBytesColumn"),
        ("whoosh.fields", "COLUMN"),
        ("whoosh.fields", "STORED"),
        ("whoosh.fields", "Schema"),
        ("whoosh.formats", "Existence"),
    }
)


class AdmittingUnpickler(pickle.Unpickler):
    """Unpickles what Whoosh writes for diplo's schema; anything else raises UnpicklingError before it is looked up."""

    def find_class(self, module: str, name: str) -> Any:
        """Give a class of the list. Raises UnpicklingError for any other."""
        if (module, name) not in ADMITTED:
            message = f"a pickle asks for {module}.{name}"
            raise pickle.UnpicklingError(message)
        return super().find_class(module, name)


def load(file: BinaryIO) -> Any:
    """`pickle.load` for Whoosh."""
    return AdmittingUnpickler(file).load()


def loads(data: bytes) -> Any:
    """`pickle.loads` for Whoosh."""
    return AdmittingUnpickler(io.BytesIO(data)).load()


def dumps(value: object, protocol: int = 4) -> bytes:  # noqa: ARG001 (Whoosh asks for 2)
    """`pickle.dumps` for Whoosh, in a protocol that has bytes: older ones spell them as calls of `_codecs.encode`."""
    return pickle.dumps(value, 4)


def dump(value: object, file: BinaryIO, protocol: int = 4) -> None:  # noqa: ARG001 (Whoosh asks for 2)
    """`pickle.dump` for Whoosh, in a protocol that has bytes; what its sort spills to disk comes back through `load`."""
    pickle.dump(value, file, 4)


def _refuse(*_: object, **__: object) -> Any:
    message = "an index of a Whoosh before 2.0"
    raise pickle.UnpicklingError(message)


_GUARDED = SimpleNamespace(
    load=load,
    loads=loads,
    dump=dump,
    dumps=dumps,
    Unpickler=AdmittingUnpickler,
    PickleError=pickle.PickleError,
    PicklingError=pickle.PicklingError,
    UnpicklingError=pickle.UnpicklingError,
    HIGHEST_PROTOCOL=pickle.HIGHEST_PROTOCOL,
)
_REPLACEMENTS: tuple[tuple[object, object], ...] = (
    (pickle, _GUARDED),
    (pickle.load, load),
    (pickle.loads, loads),
    (pickle.dump, dump),
    (pickle.dumps, dumps),
    (pickle.Unpickler, AdmittingUnpickler),
)


def disarm_whoosh() -> None:
    """Import the parts of Whoosh that diplo uses, and put the guarded functions wherever Whoosh holds pickle's own.

    Whoosh takes them from `whoosh.compat` by name, so parts loaded later get the guarded ones there. May run twice.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Whoosh 2.7.4 compiles with SyntaxWarnings since Python 3.8
        import whoosh.codec.whoosh3
        import whoosh.columns
        import whoosh.fields
        import whoosh.formats
        import whoosh.index
        import whoosh.legacy
        import whoosh.reading
        import whoosh.writing
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] != "whoosh" or module is None:
            continue
        for attribute, value in list(vars(module).items()):
            for original, guarded in _REPLACEMENTS:
                if value is original:
                    setattr(module, attribute, guarded)
    whoosh.legacy.toc_loaders.clear()  # they unpickle through a class of their own
    sys.modules["whoosh.util.loading"].RenamingUnpickler = _refuse  # type: ignore[attr-defined]
    whoosh.legacy.RenamingUnpickler = _refuse
