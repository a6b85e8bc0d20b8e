"""The body map: every tissue drawn once and where it belongs, told by a sign as well as by a colour, uncertainty and all."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

import numpy as np
import pytest

from loadmon.show import tissue_words
from loadmon.show.charts import legs
from loadmon.show.charts.body_map import COLOURS, FASTER, NEITHER, SLOWER, body_map
from loadmon.show.tissue_limits import legend_html
from loadmon.show.tissue_map import SHADES, map_sentence, map_table, side, strength
from loadmon.show.tissue_table import tissue_table_html
from loadmon.show.tissue_words import ALIKE, CALLED, SIGN_WORDS, UNCERTAIN, UNTOLD, sign_of
from loadmon.tissue.acceleration import HistoryState
from loadmon.tissue.call import Calls, TissueCall
from loadmon.tissue.coefficients import default_coefficients
from loadmon.units import Units
from tests.show.made_tissues import END, calls, week
from tests.show.test_palette import contrast, grounds

COEFFICIENTS = default_coefficients()


def call(low: float | None, middle: float | None, high: float | None, *, called: bool = False) -> TissueCall:
    state = HistoryState.BUILDING if middle is None else HistoryState.KNOWN
    probability = None if middle is None else 0.9 if called else 0.4
    return TissueCall("calf", "Calf muscles", "C", state, low, middle, high, probability, called=called, ranked=True)


# --- the drawing


def inside(point: tuple[float, float], ring: list[list[float]]) -> bool:
    """True where a point lies within a closed line (even and odd crossings)."""
    x, y = point
    crossed = [
        (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax
        for (ax, ay), (bx, by) in itertools.pairwise(ring)
    ]
    return sum(crossed) % 2 == 1


def rings(tissue: str) -> list[list[list[float]]]:
    return [polygon[0] for polygon in legs.patch(tissue)["geometry"]["coordinates"]]


def test_every_tissue_of_the_model_is_drawn_once() -> None:
    assert set(legs.PATCHES) == set(COEFFICIENTS.tissues)
    assert {one.view for one in legs.PATCHES.values()} == {"front", "back"}


@pytest.mark.parametrize("tissue", legs.PATCHES)
def test_a_patch_lies_on_both_legs_and_bears_its_sign(tissue: str) -> None:
    views = {"front": 0, "back": 1}
    outline = legs.body()["geometry"]["coordinates"][views[legs.PATCHES[tissue].view]][0]
    middle = legs.FRONT_X if legs.PATCHES[tissue].view == "front" else legs.BACK_X
    both = rings(tissue)
    assert len(both) == 2
    for right, ring in zip((False, True), both, strict=True):
        assert ring[0] == ring[-1]
        assert all((x > middle) is right for x, _ in ring)
        assert inside(legs.sign_place(tissue, right=right), ring)
        if tissue != "plantar_fascia":  # the sole is seen beneath the heel
            assert all(inside((x, y), outline) for x, y in ring)
    left, right_leg = (np.array(ring) for ring in both)
    np.testing.assert_allclose(middle - left[:, 0], right_leg[:, 0] - middle, atol=0.11)


@pytest.mark.parametrize("view", ["front", "back"])
def test_patches_do_not_lie_on_each_other_and_labels_have_their_room(view: str) -> None:
    shown = [tissue for tissue, one in legs.PATCHES.items() if one.view == view]
    for one, other in itertools.permutations(shown, 2):
        for ring, beside in itertools.product(rings(one), rings(other)):
            assert not any(inside((x, y), beside) for x, y in ring), (one, other)
    ends = [
        (legs.PATCHES[t].label_y, legs.PATCHES[t].label_y + legs.LINE_PX * (legs.label_lines(t) + 2)) for t in shown
    ]
    assert all(end <= begin + legs.LINE_PX / 2 for (_, end), (begin, _) in itertools.pairwise(ends))
    assert ends[-1][1] <= legs.HEIGHT + legs.LINE_PX


@pytest.mark.parametrize("tissue", legs.PATCHES)
def test_a_finger_may_miss_a_patch_and_may_press_its_label(tissue: str) -> None:
    *patches, box = (polygon[0] for polygon in legs.touched(tissue)["geometry"]["coordinates"])
    for grown, ring in zip(patches, rings(tissue), strict=True):
        assert all(inside((x, y), grown) for x, y in ring)
    one = legs.PATCHES[tissue]
    inward = -5.0 if one.view == "front" else 5.0
    assert inside((legs.label_x(tissue) + inward, one.label_y - 3.0), box)


def test_the_map_is_drawn_as_large_as_the_room_allows_and_a_click_gives_a_tissue() -> None:
    made = body_map()
    assert {layer["projection"]["type"] for layer in made["layer"]} == {"identity"}
    assert all("min(width" in layer["projection"]["scale"]["expr"] for layer in made["layer"])
    (param,) = made["params"]
    assert param["name"] == "chosen"
    assert param["select"] == {"type": "point", "fields": ["tissue"], "on": "click", "clear": False}


# --- what stands on it


@pytest.mark.parametrize(
    ("given", "sign", "colour"),
    [
        (call(0.02, 0.2, 0.5, called=True), CALLED, FASTER),
        (call(-0.01, 0.2, 0.5, called=True), CALLED, FASTER),
        (call(0.02, 0.2, 0.5), tissue_words.FASTER, FASTER),
        (call(-0.3, -0.2, -0.1), tissue_words.SLOWER, SLOWER),
        (call(-0.1, 0.08, 0.3), UNCERTAIN, FASTER),
        (call(-0.3, -0.08, 0.1), UNCERTAIN, SLOWER),
        (call(-0.02, 0.01, 0.04), UNCERTAIN, NEITHER),
        (call(0.01, 0.03, 0.04), ALIKE, NEITHER),
        (call(None, None, None), UNTOLD, NEITHER),
    ],
)
def test_sign_and_colour_of_a_tissue(given: TissueCall, sign: str, colour: str) -> None:
    assert sign_of(given) == sign
    assert side(given) == colour


def test_the_further_from_the_steps_the_stronger_and_lighter_where_the_direction_is_uncertain() -> None:
    sure = [strength(call(m - 0.01, m, m + 0.01)) for m in (0.0, 0.06, 0.2, 0.4)]
    assert sure == sorted(sure)
    assert sure[0] == 0.0
    assert len(set(sure)) == 4
    assert strength(call(-0.2, -0.18, -0.1)) == strength(call(0.1, 0.18, 0.2))
    assert 0 < strength(call(-0.1, 0.2, 0.5)) < strength(call(0.1, 0.2, 0.5))
    assert strength(call(None, None, None)) == 0.0


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("colour", sorted(set(COLOURS.values())))
def test_a_sign_is_read_on_the_strongest_patch(mode: str, colour: str) -> None:
    text = {"light": "#1B1F24", "dark": "#E8EBEE"}[mode]
    ground, share = grounds()[mode], SHADES[-1][1]

    def part(of: str, n: int) -> int:
        return int(of[1 + 2 * n : 3 + 2 * n], 16)

    blended = "#" + "".join(f"{round(share * part(colour, n) + (1 - share) * part(ground, n)):02X}" for n in range(3))
    assert contrast(text, blended) >= 4.0


def test_without_colour_every_state_has_a_sign_and_a_word_of_its_own() -> None:
    assert len(set(SIGN_WORDS)) == len(set(SIGN_WORDS.values())) == 6
    told = legend_html()
    for sign, word in SIGN_WORDS.items():
        assert f">{sign}</span>&nbsp;{word}" in told
    assert "assumptions" in told


def test_the_rows_are_those_of_the_calls() -> None:
    found = calls("uphill_tm")
    table = map_table(found, "achilles").set_index("tissue")
    assert list(table.index) == list(legs.PATCHES)
    assert table.loc["achilles", ["sign", "side", "called", "chosen"]].tolist() == [CALLED, FASTER, True, True]
    assert table["chosen"].sum() == 1
    assert set(table.index[table["assumed"]]) == {"plantar_fascia", "iliotibial_band", "femoral_neck"}
    one = next(one for one in found.tissues if one.tissue == "achilles")
    assert one.middle is not None
    assert table.loc["achilles", "number"] == f"◆ +{round(100 * one.middle)} %"
    assert re.fullmatch(r"[+−]\d+ to \+\d+", table.loc["achilles", "range"])


def test_the_map_in_words_names_every_tissue_that_can_be_told() -> None:
    found = calls("uphill_tm")
    told = map_sentence(found)
    for one in found.tissues:
        assert one.name in told
    assert "in 8" in told
    assert " of 100 draws" in told
    bare = Calls(END, tuple(replace(one, low=None, middle=None, high=None) for one in found.tissues), None)
    assert "No tissue can be compared" in map_sentence(bare)


def test_the_table_holds_what_the_map_shows_and_the_week_beside_it() -> None:
    found, told = calls("uphill_tm"), week("uphill_tm")
    html = tissue_table_html(found, told, Units(), "achilles")
    assert html.count("<tr>") == 1 + len(found.tissues)
    assert html.count("scope='row'") == len(found.tissues)
    assert html.count("aria-current='true'") == 1
    assert "<b>Achilles tendon</b>" in html
    for row in map_table(found).itertuples():
        assert row.number.split(" ", 1)[1] in html
        assert row.range in html
    assert f"{told.of('achilles').damage_m / 1000:.1f} km (" in html
    assert "usual 45 to " in html
    assert "nearly all assumptions" in html
