"""What other libraries find in documents: run by countries.py inside an environment of theirs, never imported by diplo.

Reads JSON strings, one a line, from stdin; prints for each a JSON list of ISO 3166-1 alpha-2 codes, after a first line
with the CPU-seconds that all took. The argument is the library: geotext, flashgeotext or country-named-entity-recognition.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import Any


def _geotext() -> Callable[[str], set[str]]:
    from geotext import GeoText

    return lambda text: set(GeoText(text).country_mentions)


def _flashgeotext() -> Callable[[str], set[str]]:
    import pycountry
    from flashgeotext.geotext import GeoText

    finder: Any = GeoText()
    codes = {country.name: country.alpha_2 for country in pycountry.countries}
    codes |= {c.common_name: c.alpha_2 for c in pycountry.countries if hasattr(c, "common_name")}

    def found(text: str) -> set[str]:
        names = finder.extract(input_text=text)["countries"]
        return {codes.get(name, name) for name in names}

    return found


def _entities() -> Callable[[str], set[str]]:
    from country_named_entity_recognition import find_countries

    return lambda text: {country.alpha_2 for country, *_ in find_countries(text)}


def main() -> None:
    """Answer each line."""
    makers = {"geotext": _geotext, "flashgeotext": _flashgeotext, "country-named-entity-recognition": _entities}
    find = makers[sys.argv[1]]()
    texts = [json.loads(line) for line in sys.stdin]
    started = time.process_time()
    answers = [sorted(find(text)) for text in texts]
    print(time.process_time() - started)
    for answer in answers:
        print(json.dumps(answer))


if __name__ == "__main__":
    main()
