"""What a name carries when it stands in a sentence: case endings (Тоқаевнинг, Токаевым, Tokayev'in), particles written to the word (والتوكاييف, ולטוקאייב, 토카예프는).

`bare` lists what may be the name without them. It is a guess, made for candidates only: the scorer decides. Lists of endings: the case paradigms of nouns in the grammars of
Russian, Ukrainian, Kazakh, Kyrgyz, Uzbek, Turkish, Georgian, Armenian and Greek, and the proclitics of Arabic and Hebrew.
"""

from __future__ import annotations

from functools import lru_cache

_ENDINGS = {
    "Cyrl": "нинг ларнинг нің ның дің дың тің тың нин нын дин дын дун дүн тин тын дан ден дон тан тен тон нан нен мен бен пен ским ского ской ская ский ыми ами ями ого "
    "ему ому га ға ге го "
    "ка қа ке да де до та те то ни ні ны ді ды ти ті ты ах ях ом ем ым ой ою ей ев ів у ю а я е и і ы",
    "Latn": "ning nin nun den dan ten tan ndan nden in un yi yu ni nu ga ka qa da de ta te ye ya na ne lar ler s",
    "Hang": "에서 에게 으로 은 는 이 가 을 를 의 에 와 과 로 도 씨",
    "Geor": "ისთვის იდან ის მა ით ად ს ი",
    "Armn": "ները ներ ից ով ում ին ի ը ն",
    "Grek": "ους ος ου ον ης ας ου ς",
    "Deva": "ों ें",
}
_PREFIXES = {
    "Arab": "وبال وال بال فال كال لل ال و ب ل ف ك",
    "Hebr": "וה שה בה לה מה ו ה ב ל מ ש כ",
}
_BY_LENGTH = {
    script: [
        (length, frozenset(affix for affix in affixes.split() if len(affix) == length))
        for length in sorted({len(affix) for affix in affixes.split()}, reverse=True)
    ]
    for script, affixes in (_ENDINGS | _PREFIXES).items()
}
_KEEP = {"Hang": 2, "Arab": 3, "Hebr": 3}  # letters that must remain; 4 elsewhere
_MOST = 3


@lru_cache(maxsize=1 << 13)  # the lexicon remembers what becomes of them
def bare(term: str, script: str) -> tuple[str, ...]:
    """Up to 3 shorter forms of a folded word that may be the name itself, longest affix first; () where the script has no list or too little would remain."""
    affixes = _BY_LENGTH.get(script)
    if affixes is None:
        return ()
    spare = len(term) - _KEEP.get(script, 4)
    if script in _PREFIXES:
        found = [term[n:] for n, listed in affixes if n <= spare and term[:n] in listed]
    else:
        found = [term[:-n] for n, listed in affixes if n <= spare and term[-n:] in listed]
    return tuple(found[:_MOST])
