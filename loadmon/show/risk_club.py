"""The club's half of the page Injury estimate: what the model was fitted to, its record, the alarm diary, the model card."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from loadmon.days import day_words
from loadmon.refusal import Refusal
from loadmon.risk import told
from loadmon.risk.alarms import BUDGETS, AlarmDiary
from loadmon.risk.card import model_card
from loadmon.risk.fit import Fit
from loadmon.risk.outcome import HORIZON
from loadmon.risk.recipes import OURS
from loadmon.risk.report import fit_and_judge, known_then
from loadmon.risk.skill import not_shown
from loadmon.risk.validation import BY_RUNNER, FORWARD
from loadmon.show import parts, risk_state, state
from loadmon.show.charts.calibration import calibration_chart, calibration_table
from loadmon.show.charts.decision import decision_chart, decision_table
from loadmon.show.plain import plain
from loadmon.show.risk_heads import CHECK_HEADS, JUDGED_HEADS, named
from loadmon.show.words import capital, plural
from loadmon.store import risk_fits
from loadmon.store.risk_fits import KeptFit

_SAID = "risk-fit-said"
LEAST_WORTH = 0.05
"""Injuries of 1,000 runner-weeks: less is no gain worth a word (loadmon convention)."""


SQUAD_ONLY = "The club's own fit, its record and the alarm diary are for those who see the whole squad."


def fitted_to(fit: Fit, kept: list[KeptFit]) -> None:
    """What the model in use was made from; for who sees everyone also the button that fits it anew, and every fit."""
    basis = fit.basis
    if fit.from_club:
        st.markdown(
            f"In use: the literature and {basis.injuries} new injuries in {basis.rows:,} runner-weeks of {basis.runners} "
            f"runners of {'another' if fit.brought else 'this'} club, {basis.first} to {basis.last}."
        )
    else:
        nothing = "" if fit.instead_of else "Nothing was learnt from this club's injuries yet. "
        st.markdown(
            f"In use: **the literature only**. {nothing}From 10 new injuries on "
            "the club's own log counts; it takes 200 to 400 until it alone tells as much as a literature that is right, and "
            "fewer where the literature is wrong."
        )
    if fit.instead_of:
        st.warning(plain(f"{capital(fit.instead_of)}."))
    if not state.viewer().sees_all:
        st.caption(SQUAD_ONLY)
        return
    if unread := risk_state.damaged():
        st.warning(plain(f"Damaged, and left out below: fit {', '.join(map(str, unread))}."))
    if st.button("Fit to this club's diary now", help="Fits, audits and judges; some minutes with a large squad."):
        _fit_now(fit, kept)
    if said := st.session_state.pop(_SAID, None):
        st.info(plain(said))
    if kept:
        rows = [
            {
                "fit": one.id, "made": one.created.date(), "in use": one.adopted, "injuries": one.fit.basis.injuries,
                "runner-weeks": one.fit.basis.rows, "verdict": one.report["verdict"],
            }
            for one in kept
        ]  # fmt: skip
        parts.table_behind("Every fit that was made", pd.DataFrame(rows), "risk-fits.csv")


def _fit_now(adopted: Fit, kept: list[KeptFit]) -> None:
    used = in_use(kept)
    with st.status("Fitting to the club's diary", expanded=True) as status:
        try:
            made = fit_and_judge(
                risk_state.club_design(), adopted, knew=known_then(used.report if used else None), worlds=1, trees=False,
                tell=lambda words: status.update(label=words),
            )  # fmt: skip
            with state.store().write() as conn:
                risk_fits.keep_fit(conn, state.viewer(), made.fit, made.report, adopt=made.verdict.adopt)
        except Refusal as refusal:
            status.update(label="Not fitted", state="error", expanded=True)
            st.markdown(f"**{plain(refusal.what)}** {plain(refusal.advice)}")
            return
    st.session_state[_SAID] = " ".join(filter(None, (not_shown(made.report), made.verdict.words)))
    st.rerun()


def in_use(kept: list[KeptFit]) -> KeptFit | None:
    """The fit in use; None for the literature alone."""
    return next((one for one in kept if one.adopted), None)


def later_words(kept: list[KeptFit]) -> str:
    """What is to be said of the newest fit where it is not the one in use; nothing where it is, or there is none."""
    used = in_use(kept)
    if not kept or kept[0] is used:
        return ""
    newest = kept[0]
    return f"Fit {newest.id} of {day_words(newest.created.date())} is newer and not in use: {newest.report['verdict']}"


def record(kept: list[KeptFit]) -> None:
    """How the fit in use did for runners and weeks it had not seen, beside everything simpler; its audit."""
    used = in_use(kept)
    if later := later_words(kept):
        st.caption(plain(later))
    if used is None:
        st.caption(
            "No record: the literature alone is in use."
            if kept
            else "No record yet: nothing has been fitted to this club."
        )
        return
    report = used.report
    if weak := not_shown(report):
        st.markdown(f"**{plain(weak)}**")
    st.markdown(plain(report["verdict"]))
    if report["leak"]:
        st.warning(plain(report["leak"]))
    if not report["judged"]:
        return
    failed = [one["name"] for one in report["checks"] if not one["passed"]]
    passed = len(report["checks"]) - len(failed)
    st.markdown(plain(f"Audit: {passed} of {len(report['checks'])} checks passed." + _failed_words(failed)))
    st.markdown("**Calibration**: what was foretold for runners the model had not seen, and what came.")
    table = calibration_table(report["curves"][BY_RUNNER])
    words = calibration_sentence(report)
    st.vega_lite_chart(table, calibration_chart(), width="stretch", alt=words)
    st.caption(plain(words))
    if points := report.get("decisions", {}).get(BY_RUNNER):
        st.markdown(
            "**Would acting on it pay?** Injuries in flagged weeks, less the weeks flagged in vain at the price that somebody puts "
            "on them (net benefit). The higher the line, the better; below 0 it is better to flag nobody."
        )
        words = decision_sentence(report)
        st.vega_lite_chart(decision_table(points), decision_chart(), width="stretch", alt=words)
        st.caption(plain(words))
    parts.table_behind(
        "Every way to foretell, on both splits", named(report["judged"], JUDGED_HEADS), "risk-validation.csv"
    )
    parts.table_behind("The audit, check by check", named(report["checks"], CHECK_HEADS), "risk-audit.csv")


def _failed_words(failed: list[str]) -> str:
    return f" Not passed: {', '.join(failed)}." if failed else ""


def calibration_sentence(report: dict[str, Any]) -> str:
    """Calibration in words."""
    parts_told = []
    for one in report["judged"]:
        if one["recipe"] != OURS or one["split"] not in (BY_RUNNER, FORWARD) or one["in_the_large"] is None:
            continue
        how = "with runners kept whole" if one["split"] == BY_RUNNER else one["split"]
        parts_told.append(f"{one['in_the_large']:.2f} {how}")
    if not parts_told:
        return "No injury came to compare with."
    return (
        f"For each injury that was foretold came {' and '.join(parts_told)}; 1 would be right. The higher a point lies over the "
        "dashed line, the more came than was foretold."
    )


def decision_sentence(report: dict[str, Any]) -> str:
    """The decision curve in words: at which prices the model is worth more than all simpler ways."""
    points = report["decisions"][BY_RUNNER]
    best = [
        str(one["false_alarms"])
        for one in points
        if one["worth"] > max(0.0, one["everybody"], one["earlier_injury"]) + LEAST_WORTH
    ]
    if not best:
        return "At none of these prices is the estimate worth more than flagging nobody, everybody, or who was hurt before."
    return (
        f"Somebody who accepts {' or '.join(best)} weeks flagged in vain for one injury gains by the estimate over flagging nobody, "
        "everybody, or who was hurt before. At the other prices it gains nothing over them. A few injuries more or less would move "
        "these lines."
    )


def diary(names: dict[int, str]) -> None:
    """What would have been flagged in the past, what was missed, with what lead time; by date, never by who is highest."""
    budget = st.segmented_control(
        "Alarms of 100 runner-weeks",
        BUDGETS,
        default=BUDGETS[1],
        format_func=lambda one: f"{one} alarms",
        key="alarm-budget",
    )
    found = risk_state.diary(int(budget or BUDGETS[1]))
    st.markdown(plain(diary_sentence(found)))
    flagged = pd.DataFrame(
        {
            "week from": [day_words(day.date()) for day in found.flagged["day"]],
            "runner": [names.get(int(who), "") for who in found.flagged["athlete_id"]],
            "about": [told.one_in(float(p)) for p in found.flagged["middle"]],
            "range": [
                f"{told.one_in(float(a))} to {told.one_in(float(b))}"
                for a, b in zip(found.flagged["low"], found.flagged["high"], strict=True)
            ],
            "an injury followed": found.flagged["injured"],
        }
    )
    injured = found.injured.assign(
        onset=[day_words(day.date()) for day in found.injured["onset"]],
        runner=[names.get(int(who), "") for who in found.injured["athlete_id"]],
    )
    parts.table_behind("Weeks that would have been flagged, newest first", flagged, "alarms.csv")
    shown = injured[["onset", "runner", "why", "lead_days"]].rename(
        columns={"onset": "began", "why": "what the diary did", "lead_days": "lead, days"}
    )
    parts.table_behind("Injuries, and whether they were flagged", shown, "alarms-injuries.csv")


def diary_sentence(found: AlarmDiary) -> str:
    """The diary in a few sentences."""
    if not found.weeks:
        return "The diary has nothing to look at yet: it needs 100 runner-weeks before its first alarm."
    lead = found.injured.loc[found.injured["caught"], "lead_days"].dropna()
    words = (
        f"Looking forward only, {plural(found.alarms, 'week')} of {found.weeks:,} would have been flagged. Of "
        f"{injury_words(found.injuries)} in those weeks {found.caught} came in a flagged week and "
        f"{found.injuries - found.caught} did not."
    )
    if found.alarms:
        words += f" {found.alarms - found.caught} flagged weeks ended without an injury."
    if found.alarms:
        words += f" Drawn by lot, as many flags would have met {found.chance:.1f} of them."
    if len(lead):
        words += (
            f" From the first of the flags that led up to it without a break it was {lead.median():.0f} days in the middle of "
            f"{injury_words(len(lead))}; of them {int((lead < HORIZON).sum())} were first flagged in the very week they came: "
            "that is no warning."
        )
    if found.untold:
        words += f" {found.untold} more came while nothing was told (just back from an injury, or a short record)."
    return words


def card(fit: Fit, kept: list[KeptFit]) -> None:
    """The model card, to read and to take away."""
    used = in_use(kept)
    report = used.report if used else None
    text = model_card(fit, report if fit.from_club else None, kept=[one.on_card for one in kept])
    st.download_button("Download the model card (Markdown)", text, "loadmon-model-card.md", "text/markdown")
    with st.expander("Read it here"), st.container(key="model-card"):
        st.markdown(card_on_page(text))


def card_on_page(text: str) -> str:
    """The card with its headings two steps down, as the page has a title of its own."""
    return "\n".join(f"##{line}" if line.startswith("#") else line for line in text.split("\n"))


def injury_words(count: int) -> str:
    """How many new injuries, in words."""
    return f"{count:,} new {'injury' if count == 1 else 'injuries'}"
