"""Learn how two neighbouring words of a name are weighed together: diplo_cli/data/names/fullname.json.

    python tools/build_fullname.py DOCS QUERIES QRELS

DOCS: JSON Lines of documents {id, title, text}. QUERIES: tab-separated with the columns qid, kind ("name" is used), entity, query. QRELS: tab-separated lines: qid, 0, document,
1 (names it) or -1 (leave out). Half of the names is learned from, those with an even crc32(entity); figures for the others are printed. Parallel news texts and sentences
(NTREX-128, FLORES-200, CC-BY-SA-4.0) made the file that is shipped: it holds 20 weights, none of their text.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

import numpy as np

from diplo_cli.names.evidence import FEATURES, Evidence, evidence
from diplo_cli.names.lexicon import lexicon
from diplo_cli.text.fold import fold
from diplo_cli.text.tokens import query_tokens, tokenize

TARGET = Path(__file__).parents[1] / "diplo_cli" / "data" / "names" / "fullname.json"
ROUNDS = 4  # the best pair of a document is chosen anew by what was learned
WEIGHT_DECAY = 3.0


class Texts:
    """Documents by the places of their words, and their lexicon of names."""

    def __init__(self, documents: Iterable[dict[str, str]]) -> None:
        self.places: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        names: Counter[str] = Counter()
        for document in documents:
            title, text = document.get("title") or "", document["text"]
            whole = text if title in text else f"{title}\n\n{text}"
            tokens = tokenize(whole)
            names.update(lexicon(whole, tokens))
            for place, token in enumerate(tokens):
                self.places[token.term][document["id"]].append(place)
        self._names = sorted(names.items())
        self._entries = [entry for entry, _ in self._names]

    def terms(self, prefix: str) -> Iterator[tuple[str, int]]:
        """As the engine lists its names field."""
        for at in range(bisect_left(self._entries, prefix), len(self._entries)):
            if not self._entries[at].startswith(prefix):
                return
            yield self._names[at]

    def spans(self, term: str) -> Iterator[tuple[str, int, int]]:
        """Each place of a term: document, first token, and the token behind it."""
        tokens = [token.term for _, token in query_tokens(term)]
        if not tokens:
            return
        tail = len(tokenize(term))
        for document, places in self.places.get(tokens[0], {}).items():
            for place in places:
                if all(place + i in self.places[token].get(document, ()) for i, token in enumerate(tokens)):
                    yield document, place, place + tail


class Asked(NamedTuple):
    """A name of two words: what speaks for each candidate of each word, and which candidates stand side by side in which documents."""

    qid: str
    entity: str
    first: list[Evidence]
    second: list[Evidence]
    met: dict[str, set[tuple[int, int]]]


def asked(row: dict[str, str], words: Sequence[str], texts: Texts) -> Asked:
    """Look a name up."""
    first, second = (evidence(word, texts.terms) for word in words)
    ends: dict[tuple[str, int], list[int]] = defaultdict(list)
    starts: dict[tuple[str, int], list[int]] = defaultdict(list)
    for number, one in enumerate(first):
        for document, start, end in texts.spans(one.term):
            ends[document, end].append(number)
            starts[document, start].append(number)
    met: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for number, one in enumerate(second):
        for document, start, end in texts.spans(one.term):
            for other in (*ends.get((document, start), ()), *starts.get((document, end), ())):
                if first[other].script == one.script:
                    met[document].add((other, number))
    return Asked(row["qid"], row["entity"], first, second, dict(met))


def opened(path: Path) -> Iterator[str]:
    """Lines of a text, plain or .gz."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        yield from file


def chosen(
    names: Sequence[Asked], relevant: dict[str, dict[str, int]], weights: np.ndarray
) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """The heaviest pair of each document for each name: what speaks for it, whether it is the name, and the name."""
    rows, labels, qids = [], [], []
    for name in names:
        a = np.array([each.features for each in name.first])
        b = np.array([each.features for each in name.second])
        heavy_a, heavy_b = a @ weights, b @ weights
        for document, met in name.met.items():
            label = relevant[name.qid].get(document, 0)
            if label >= 0:
                i, j = max(met, key=lambda pair: (heavy_a[pair[0]] + heavy_b[pair[1]], pair))
                rows.append(a[i] + b[j])
                labels.append(label)
                qids.append(name.qid)
    return np.array(rows), np.array(labels, float), qids


def learned(rows: np.ndarray, labels: np.ndarray) -> tuple[np.ndarray, float]:
    """Weights and constant of a logistic model, by Newton's method."""
    mean, spread = rows.mean(0), rows.std(0) + 1e-9
    scaled = np.c_[(rows - mean) / spread, np.ones(len(rows))]
    decay = np.r_[np.full(rows.shape[1], WEIGHT_DECAY), 0.0]
    weights = np.zeros(scaled.shape[1])
    for _ in range(40):
        sure = 1 / (1 + np.exp(-np.clip(scaled @ weights, -30, 30)))
        slope = scaled.T @ (sure - labels) + decay * weights
        weights -= np.linalg.solve((scaled * (sure * (1 - sure))[:, None]).T @ scaled + np.diag(decay + 1e-9), slope)
    plain = weights[:-1] / spread
    return plain, float(weights[-1] - plain @ mean)


def main() -> None:
    """Learn, print figures, write the weights."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("docs", type=Path)
    arguments.add_argument("queries", type=Path)
    arguments.add_argument("qrels", type=Path)
    given = arguments.parse_args()
    texts = Texts(json.loads(line) for line in opened(given.docs))
    relevant: dict[str, dict[str, int]] = defaultdict(dict)
    for line in opened(given.qrels):
        qid, _, document, label, *_ = line.rstrip("\n").split("\t")
        relevant[qid][document] = int(label)
    names = []
    for row in csv.DictReader(opened(given.queries), delimiter="\t", quoting=csv.QUOTE_NONE):
        words = fold(row["query"]).replace("·", " ").replace("・", " ").split()
        if row["kind"] == "name" and len(words) == 2 and all(query_tokens(word) for word in words):
            names.append(asked(row, words, texts))
    train = [name for name in names if crc32(name.entity.encode()) % 2 == 0]
    rest = [name for name in names if crc32(name.entity.encode()) % 2]
    weights = np.zeros(len(FEATURES))
    weights[FEATURES.index("exact")], weights[FEATURES.index("certainty")] = 5.0, 1.0
    constant = 0.0
    for _ in range(ROUNDS):
        rows, labels, _ = chosen(train, relevant, weights)
        weights, constant = learned(rows, labels)
    for part, held in (("learned from", train), ("others", rest)):
        rows, labels, _ = chosen(held, relevant, weights)
        for least in (-1.1, 0.0, 2.2):
            taken = rows @ weights + constant >= least
            wanted = sum(label > 0 for name in held for label in relevant[name.qid].values())
            print(
                f"{part}: line {least}: precision {labels[taken].mean():.3f}, recall {labels[taken].sum() / wanted:.3f}"
            )
    table = {name: round(float(weight), 3) for name, weight in zip(FEATURES, weights, strict=True)} | {
        "pair": round(constant, 3)
    }
    TARGET.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")
    print(table)


if __name__ == "__main__":
    main()
