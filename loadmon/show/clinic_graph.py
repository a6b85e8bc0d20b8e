"""The reasoning as a picture: drivers on top, what they explain beneath them, the tissues that take it at the foot.

From top to bottom, because a phone is narrow: from left to right the words were too small to read on one.
"""

from __future__ import annotations

import textwrap

from loadmon.clinic.knowledge import Knowledge
from loadmon.clinic.names import key_name
from loadmon.clinic.reasoning import Reasoning
from loadmon.clinic.told import disputed_on
from loadmon.show.palette import BLUE, GREY, ORANGE, VERMILION

TISSUES_SHOWN = 3
LEAST_SHARE = 0.4
"""What adds less to a tissue is left out of the picture; the sentences have all of it."""
_INK, _PAPER = "#1B1F24", "#F4F7FA"
_WIDTH = 14


def graph_description(reasoning: Reasoning, known: Knowledge) -> str:
    """The graph in Graphviz' language; each kind of box has its own shape and word, so that colour says nothing alone.

    Parameters
    ----------
    reasoning : Reasoning
    known : Knowledge
    """
    lines = [
        "digraph reasoning {",
        'rankdir=TB; bgcolor="transparent"; nodesep=0.12; ranksep=0.3; margin=0;',
        f'node [style="filled", fillcolor="{_PAPER}", fontcolor="{_INK}", fontname="sans-serif", fontsize=13, penwidth=1.6, margin="0.06,0.05"];',
        f'edge [color="{GREY}", penwidth=1.6, arrowsize=0.7];',
    ]
    driver, aside = f'shape=box, peripheries=2, color="{VERMILION}"', f'shape=box, color="{ORANGE}"'
    open_, untested = (f'shape={shape}, style="filled,dashed", color="{GREY}"' for shape in ("box", "note"))
    lines += [_box(one.node.key, "primary driver", known, driver) for one in reasoning.primary]
    lines += [_box(one.node.key, "contributes", known, aside) for one in reasoning.contributing]
    lines += [_box(node.key, "not explained", known, open_) for node in reasoning.unexplained]
    for compensation in reasoning.compensations:
        key = compensation.node.key
        lines.append(_box(key, "compensation", known, f'shape=box, style="filled,rounded", color="{BLUE}"'))
        doubt = (
            f' [label="disputed", fontname="sans-serif", fontsize=11, fontcolor="{GREY}"]'
            if disputed_on(compensation, known)
            else ""
        )
        lines.append(f"{_id(compensation.by.driver)} -> {_id(key)}{doubt};")
    for test in reasoning.test_next:
        key = (test.driver, test.side)
        lines.append(_box(key, "test next", known, untested, "test "))
        lines += [f"{_id(key, 'test ')} -> {_id(child)} [style=dashed];" for child in test.because]
    for tissue in reasoning.tissues[:TISSUES_SHOWN]:
        key = (tissue.tissue, tissue.side)
        word = "sore" if tissue.sore else "takes load"
        lines.append(
            _box(
                key,
                word,
                known,
                f'shape=ellipse, margin="0,0", color="{VERMILION if tissue.sore else GREY}"',
                "tissue ",
            )
        )
        lines += [
            f"{_id(child)} -> {_id(key, 'tissue ')} [style=dotted];"
            for child, share in tissue.because
            if share >= LEAST_SHARE
        ]
    return "\n".join([*lines, "}"])


def graph_words(reasoning: Reasoning, known: Knowledge) -> str:
    """The picture in one sentence, for those who do not see it."""
    primary = ", ".join(key_name(one.node.key, known) for one in reasoning.primary) or "no primary driver"
    ways = "; ".join(
        " leads to ".join(key_name(key, known) for key in one.way) + (" (disputed)" if disputed_on(one, known) else "")
        for one in reasoning.compensations
    )
    tissues = ", ".join(key_name((one.tissue, one.side), known) for one in reasoning.tissues[:TISSUES_SHOWN])
    return f"Graph: {primary}. {ways or 'No compensation'}. Tissues: {tissues or 'none'}."


def _box(key: tuple[str, str], word: str, known: Knowledge, look: str, kind: str = "") -> str:
    label = "\\n".join(_escaped(line) for line in (*textwrap.wrap(key_name(key, known), _WIDTH), f"({word})"))
    return f'{_id(key, kind)} [label="{label}", {look}];'


def _id(key: tuple[str, str], kind: str = "") -> str:
    return f'"{kind}{_escaped(key[0])} {_escaped(key[1])}"'


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
