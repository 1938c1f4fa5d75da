"""TEMPORARY stand-in by the lead; the countries room replaces this file whole."""
from functools import lru_cache
from pathlib import Path
from diplo_cli.errors import UnknownNameError
from diplo_cli.text.fold import fold
_D = Path(__file__).resolve().parent.parent / "data" / "countries"
@lru_cache
def _t():
    return {l.split("\t")[0]: l.rstrip("\n").split("\t")[1:] for l in (_D / "names.tsv").open(encoding="utf-8")}
def named_by(term: str) -> str:
    e = _t().get(" ".join(fold(w) for w in term.split()))
    return e[0] if e and e[1] in "NA" else ""
def resolve(typed: str) -> str:
    if len(typed) == 2 and typed.isupper(): return typed
    e = _t().get(" ".join(fold(w) for w in typed.split()))
    if not e: raise UnknownNameError(f"no country {typed!r}", "Kazakhstan")
    return e[0]
@lru_cache
def _d(locale: str):
    p = _D / "display" / f"{locale}.tsv"
    return dict(l.rstrip("\n").split("\t") for l in (p if p.exists() else _D / "display" / "en.tsv").open(encoding="utf-8"))
def display(code: str, locale: str = "en") -> str:
    return _d(locale.split("-")[0]).get(code, code)
