"""What watches and apps call running in the languages they speak, and what they call everything else."""

from __future__ import annotations

import unicodedata

import pytest

from loadmon.readers.sports import told_sport, unknown_word
from loadmon.session import Sport

WORDS: dict[Sport, str] = {
    Sport.RUN: (
        "run,Running,JOGGING,Laufen,LAUFEN,Dauerlauf,Läufe,Course à pied,Course a pied,footing,correr,Carrera,corsa,"
        "Hardlopen,corrida,Löpning,løb,Løbetur,Løping,juoksu,bieganie,Bieg,běh,Běhání,ランニング,ジョギング,跑步,慢跑"
    ),
    Sport.TRAIL_RUN: "TRAIL,trail_running,TrailRun,Traillauf,Geländelauf,Terränglöpning,Polkujuoksu,トレイルランニング,越野跑",
    Sport.TREADMILL_RUN: (
        "treadmill_running,indoor running,Laufband,tapis de course,Corsa su tapis roulant,Corrida em esteira,loopband,跑步机,"
        "室内跑步"
    ),
    Sport.TRACK_RUN: "track_running,Bahnlauf",
    Sport.VIRTUAL_RUN: "VirtualRun,Virtueller Lauf",
    Sport.RIDE: "Ride,EBikeRide,VirtualRide,Radfahren,Rennrad,Laufrad,Vélo,ciclismo,Carrera en bicicleta,fietsen,rower,骑行",
    Sport.WALK: "Walking,Gehen,Spaziergang,marche,caminata,wandelen,Nordic walking,ウォーキング",
    Sport.HIKE: "hiking,Wandern,randonnée,senderismo",
    Sport.SWIM: "lap_swimming,Schwimmen,natación,游泳",
    Sport.STRENGTH: "strength_training,Krafttraining,WeightTraining",
    Sport.OTHER: "Other,Yoga,kitesurfing,NordicSki,Langlauf,Eislauf,biegi narciarskie,běžky,rowing,Andere",
    Sport.UNKNOWN: "Blafasel,generic,track,strides,Rundfahrt",
}  # fmt: skip
CASES = [(word, sport) for sport, words in WORDS.items() for word in words.split(",")]


@pytest.mark.parametrize(("word", "sport"), CASES)
def test_a_word_is_known_however_it_is_written(word: str, sport: Sport) -> None:
    written = (word, word.upper(), word.lower(), f"  {word} ", unicodedata.normalize("NFD", word))
    assert {told_sport(one) for one in written} == {sport}


def test_only_a_word_that_is_told_and_not_known_is_named() -> None:
    assert [unknown_word(word) for word in ("Bla  fasel", "Laufen", "generic", "", None, "9")] == [
        "Bla fasel",
        *[None] * 5,
    ]
