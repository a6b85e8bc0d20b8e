"""What watches and apps call a sport in the languages they speak."""

from __future__ import annotations

import re
import unicodedata

from loadmon.session import Sport

NOTHING_TOLD = frozenset({"", "unknown", "generic", "uncategorized", "gps", "track"})
"""What is written in place of a sport by apps that know none."""

_TREADMILL = (
    r"treadmill|laufband|tapis|\bcinta|esteira|loopband|löpband|løbebånd|tredemølle|juoksumat|bieżni|běžecký pás|"
    r"トレッドミル|ランニングマシン|跑步机|跑步機"
)
_TRAIL = (
    r"trail|gelände|sentier|montañ|montagn|montanh|terräng|terreng|polkujuoks|terénní|przełaj|トレイル|トレラン|越野"
)
_KINDS: tuple[tuple[re.Pattern[str], Sport], ...] = (
    (re.compile(_TREADMILL + "|indoor|室内|室內"), Sport.TREADMILL_RUN),
    (re.compile(_TRAIL), Sport.TRAIL_RUN),
    (re.compile(r"virtu"), Sport.VIRTUAL_RUN),
    (re.compile(r"\btrack|bahnlauf|sur piste|en pista|su pista"), Sport.TRACK_RUN),
)
_RUNNING = re.compile(
    r"lauf|läuf|laeuf|\brennen|"  # German
    r"course (à|a) pied|course (sur|en|nature)|\bcourir|footing|"  # French
    r"\bcorrer|\bcarrera|\bcorriendo|\btrote|"  # Spanish
    r"\bcorsa|podis|"  # Italian
    r"hardlop|hardloop|trailrun|"  # Dutch
    r"\bcorrida|"  # Portuguese
    r"löpning|\blöp|"  # Swedish
    r"løb|løp|"  # Danish, Norwegian
    r"juoks|hölkk|"  # Finnish
    r"\bbieg|przebież|"  # Polish
    r"\bběh|\bbeh\b|"  # Czech
    r"ラン|ジョグ|ジョギング|マラソン|跑|马拉松|馬拉松"  # Japanese, Chinese
)
_SKATES = re.compile(  # some are called a run on skis, others a run on ice
    r"\bski|skiing|(nordic|country|alpine|roller|roll)ski|langlauf|eislauf|schlittschuh|narciar|\bnart|lyž|běžk|hiih|esqu[ií]|"
    r"langrenn|längdåk|skat|inline|patin|schaats|skridsk|skøjt|skøyt|luistel|snow|スキー|スケート|スノー|滑雪|滑冰"
)
_ENGLISH_RUN = re.compile(r"\brun(?!d)|run\b|running|jog")
_OTHERS: tuple[tuple[re.Pattern[str], Sport], ...] = (
    (
        re.compile(
            r"cycl|bik|\brid(e|ing)\b|(virtual|bike|gravel)ride|\brad|rad\b|vélo|\bvelo|\bbici|ciclis|fiets|wielren|cykel|"
            r"cykl|sykl|sykkel|pyörä|\brower|kolarstw|\bkolo\b|サイク|自転車|バイク|骑行|騎行|单车|自行车"
        ),
        Sport.RIDE,
    ),
    (
        re.compile(
            r"swim|schwimm|natation|natación|natação|\bnuot|zwem|\bsim(ning)?\b|svøm|\buin|pływ|plavání|水泳|スイム|游泳"
        ),
        Sport.SWIM,
    ),
    (re.compile(r"hik|wander|randonn|senderis|escursion|vandr|vael|patik|wędr|turisti|ハイキング|登山|徒步"), Sport.HIKE),
    (
        re.compile(
            r"walk|spazier|\bgehen|\bmarche|\bcaminar|caminata|caminhada|camminat|wandel|\bgång|promen|\bgåtur|\bgåing|kävel|"
            r"spacer|\bchůze|ウォーキング|散歩|步行|健走"
        ),
        Sport.WALK,
    ),
    (re.compile(r"strength|\bkraft|weight ?training|muscul|\bfuerza|\bforza|\bsiłow|筋トレ|力量"), Sport.STRENGTH),
)  # fmt: skip
_NO_RUN = re.compile(
    r"\bother|\bsonstige|\bandere|\bautre|\botro|\baltro|\boverig|\boutro|\bannan|\banden|\bannet|\bmuu|\binne|\bjiné|その他|其他|"
    r"surf|rowing|\bruder|aviron|kayak|kajak|paddl|canoe|\bkanu|sail|\bsegel|ellipti|crosstrain|yoga|pilates|golf|tennis|padel|"
    r"squash|badminton|soccer|football|fußball|fussball|fútbol|basketball|handball|volleyball|hockey|\bbox|danc|\btanz|fitness|"
    r"cardio|workout|motor|driv|climb|kletter|escalad|horse|\breiten|fishing|hunting|flying|glid|diving|transition|multi ?sport|"
    r"triathlon|duathlon|hiit|\bgym|aerobic|meditation|breath|stair|floor|\brope|wheelchair"
)


def spelt(word: str | None) -> str:
    """A word as it is compared: without case, signs between words and different ways to write one letter."""
    text = unicodedata.normalize("NFKC", word or "").casefold()
    return " ".join(text.replace("_", " ").replace("-", " ").split())


def sport_in_words(word: str | None) -> Sport:
    """The sport that a word or some words mean, in the languages that watches and apps speak.

    Parameters
    ----------
    word : str or None
        As a file or a table tells it, such as ``Trail Running``, ``Course à pied`` or ``跑步``.

    Returns
    -------
    Sport
        ``Sport.UNKNOWN`` where nothing is said, or nothing that is known; ``Sport.OTHER`` for what is known to be
        something else.
    """
    text = spelt(word)
    if text in NOTHING_TOLD:
        return Sport.UNKNOWN
    if _SKATES.search(text):
        return Sport.OTHER
    if _ENGLISH_RUN.search(text):
        return _kind_of_run(text)
    for pattern, sport in _OTHERS:
        if pattern.search(text):
            return sport
    if _RUNNING.search(text) or re.search(_TREADMILL, text) or text.startswith("trail"):
        return _kind_of_run(text)
    return Sport.OTHER if _NO_RUN.search(text) else Sport.UNKNOWN


def _kind_of_run(text: str) -> Sport:
    return next((sport for pattern, sport in _KINDS if pattern.search(text)), Sport.RUN)
