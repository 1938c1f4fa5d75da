"""Compile diplo_cli/data/names/: the Han table, the letter costs of each pair of scripts, the table of known spellings, the scorer's weights.

    python tools/build_names.py --pairs DIR --groups FILE --text DIR [--only han,costs,table,scorer,known] [--queries 150]

DIR of --pairs holds spellings of one name in two scripts, as SOURCE.FROM-TO.tsv.gz: tab-separated, unquoted, UTF-8,
with a header line. Columns: name_a and name_b, one word each; script_a and script_b, ISO 15924 (Latn, Cyrl, …; Kana
for katakana); entity, the same for all spellings of one name (what is held out goes by it); source; count, how many
times the pair is attested (1 where the source does not say). Any other file is passed over. The sources:

coling2018.*  Merhav and Ash, "Design Challenges in Named Entity Transliteration", COLING 2018: GitHub repository
              steveash/NETransliteration-COLING2018, files data/wd_LANGUAGE.normalized.aligned.tokens for arabic,
              chinese, hebrew, katakana, korean and russian; names of persons in Wikidata, CC0. Their columns: Latin
              name, the other name with a space after each letter (taken out here), count. entity: "cl:" and the Latin
              name folded (diplo_cli.text.fold).
google.*      GitHub repository google/transliteration, file ar2en.txt, Apache-2.0: Arabic and Latin spellings.
              entity: "ga:" and the Latin name folded.
kazper.*      KazPer, Kazakh personal names in English, Kazakh and Russian, CC-BY-4.0: each of the three pairs of
              columns, Latin to Cyrillic and Russian to Kazakh. entity: "kz:" and the number of the name.

FILE of --groups is name_groups.txt.gz, the names file of rigour 2.6.1 (PyPI; MIT) compressed: a line is "spelling,
spelling, … => Wikidata id", all scripts mixed. The names are Wikidata's, CC0.

DIR of --text holds ordinary sentences, one a line, as LANGUAGE.txt (en.txt, ar.txt, zh.txt, uz-Cyrl.txt, …; zh.txt is
needed): any text of which the licence lets words be counted. It tells ordinary words from names and ordinary Chinese
from transliteration; only counts derived from it are kept. The committed tables were made with sentences in the public
domain and under CC0, CC-BY and CC-BY-SA in 19 languages; with others, scorer.json and the last column of han.tsv come
out different.

Names whose entity has crc32 % 5 == 0 are never learned from (groups with such a name neither), so that figures taken on
them are honest. Needs numpy and pypinyin (the `dev` extra). Runs 3 minutes on one core; the same input gives the same
files.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import name_table
from name_costs import build_costs
from name_han import han
from name_scorer import build_known, build_scorer
from name_sources import groups_of, names_of

from diplo_cli.names import letters

DATA = Path(__file__).parents[1] / "diplo_cli" / "data" / "names"


def main() -> None:
    """See the module's docstring."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--groups", type=Path, required=True)
    parser.add_argument("--text", type=Path, required=True)
    parser.add_argument("--only", default="han,costs,table,scorer,known")
    parser.add_argument("--queries", type=int, default=150, help="names a script that the scorer is trained on")
    args = parser.parse_args()
    only = args.only.split(",")
    (DATA / "costs").mkdir(parents=True, exist_ok=True)
    rows = [row for row in names_of(args.pairs) if not row[4]]
    groups = list(groups_of(args.groups))
    if "han" in only:
        pairs = [(a, b) for a, sa, b, sb, _, _ in rows if sa == "Latn" and sb == "Hani"]
        lines = han(pairs, (args.text / "zh.txt").read_text(encoding="utf-8"))
        head = "# characters used to write foreign names in Chinese: character, consonants (coarse key), pinyin, log-odds of a name; by tools/build_names.py\n"
        (DATA / "han.tsv").write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
        letters.han_table.cache_clear()
        letters.units.cache_clear()
        print("han", len(lines))
    if "costs" in only:
        build_costs(rows, groups, DATA / "costs")
    if "table" in only:
        data, lines_in, spellings_in = name_table.table(args.groups)
        (DATA / "known.table").write_bytes(data)
        print("table", lines_in, spellings_in, len(data))
    if "scorer" in only:
        build_scorer(rows, groups, args.text, args.queries, DATA / "scorer.json")
    if "known" in only:
        build_known(rows, args.text, args.queries, DATA / "scorer.json")


if __name__ == "__main__":
    main()
