"""Counts of the dead of the war of autumn 2020, and by how much each maker raised its own."""

from __future__ import annotations

import pandas as pd

from utils import claims

EPISODE = "war_2020"
HARMED = {**claims.SIDES, "both": "Both sides together", "other": "Others"}
OWN = {"armenian": "armenia", "azerbaijani": "azerbaijan"}  # the side whose officials count their own people
ALIKE = 5.0  # per cent points: growths that lie no further apart count as about the same
PLAIN = "its usual count"


def claims_of_war(counted: str) -> pd.DataFrame:
    """Return the dated figures of the war of autumn 2020 in one category, by side harmed, then by date.

    Columns: those of `claims.of_episode` with `definition` filled in (`PLAIN` as a rule), and `harmed` (in words),
    `own` (bool: the officials of the side harmed count their own people).
    """
    table = claims.of_episode(EPISODE, counted)
    order = table["side_harmed"].map({side: place for place, side in enumerate(HARMED)})
    table = table.assign(
        harmed=table["side_harmed"].map(HARMED),
        definition=table["definition"].fillna(PLAIN),
        own=table["claimed_by"].map(claims.OFFICIALS) == table["side_harmed"].map(OWN),
        order=order,
    )
    return table.sort_values(["order", "as_of", "figure"]).drop(columns="order")


def select_claims(counted: str, whose: str, seen: str) -> pd.DataFrame:
    """Return the claims in one category about one side's people or all; no rows before the gate is open.

    Columns: those of `claims_of_war`.
    """
    rows = claims_of_war(counted)
    rows = rows if whose == "both" else rows[rows["side_harmed"] == whose]
    return rows if seen else rows.head(0)


def growth(side: str, counted: str = "military_killed") -> pd.DataFrame:
    """Return how much each of a side's own counts grew from its first report to its last, one row a maker.

    Parameters
    ----------
    side : {"armenian", "azerbaijani"}
        Whose people are counted, by that side's own officials.
    counted : {"military_killed", "civilian_killed", "missing"}

    Returns
    -------
    DataFrame
        Columns: `claimed_by` (actor id), `claimant` (name); `first_date`, `first` (figure), `first_definition` of the
        first report, `last_date`, `last`, `last_definition` of the last; `reports` (int, how many in between and
        at the ends), `percent` (float, 100 * last / first - 100), `source_ids`. Makers with fewer than two dated
        reports, or whose first figure is 0, are left out. A count with those still to be identified is no report of
        its own: it was given beside another of the same day. Counts under another definition than most of a maker's
        are left out, and makers are never chained.
    """
    rows = claims_of_war(counted)
    rows = rows[rows["own"] & (rows["side_harmed"] == side)]
    grown = []
    for maker, some in rows.sort_values("as_of").groupby("claimed_by", sort=False):
        by_day = alike(some)
        first, last = by_day.iloc[0], by_day.iloc[-1]
        if len(by_day) < 2 or not first["figure"]:
            continue
        grown.append(
            {
                "claimed_by": maker,
                "claimant": first["claimant"],
                **{
                    f"{end}{suffix}": row[column]
                    for end, row in (("first", first), ("last", last))
                    for suffix, column in (("_date", "as_of"), ("", "figure"), ("_definition", "definition"))
                },
                "reports": len(by_day),
                "percent": 100 * float(last["figure"]) / float(first["figure"]) - 100,
                "source_ids": tuple(dict.fromkeys([*first["source_ids"], *last["source_ids"]])),
            }
        )
    columns = [
        "claimed_by",
        "claimant",
        "first_date",
        "first",
        "first_definition",
        "last_date",
        "last",
        "last_definition",
        "reports",
        "percent",
        "source_ids",
    ]
    return pd.DataFrame(grown, columns=columns)


def grew_more() -> str:
    """Return the option whose own counts of soldiers killed grew more: a side, "alike", or "" if it depends on the maker."""
    armenian, azerbaijani = (growth(side)["percent"] for side in OWN)
    if armenian.empty or azerbaijani.empty:
        return ""
    if armenian.min() - azerbaijani.max() > ALIKE:
        return "armenian"
    if azerbaijani.min() - armenian.max() > ALIKE:
        return "azerbaijani"
    apart = max(armenian.max(), azerbaijani.max()) - min(armenian.min(), azerbaijani.min())
    return "alike" if apart <= ALIKE else ""


def first_own_count(rows: pd.DataFrame) -> pd.Series | None:
    """Return the first count of its own soldiers by Azerbaijan, if its note says that it published none before."""
    own = rows[rows["own"] & (rows["side_harmed"] == "azerbaijani")].sort_values("as_of")
    if own.empty or not isinstance(own.iloc[0]["note"], str):
        return None
    note = own.iloc[0]["note"].casefold()
    return own.iloc[0] if "first official figure" in note or "none before" in note else None


def ends(some: pd.DataFrame) -> list[tuple[pd.Series, bool]]:
    """Return the first and the last of one maker's like counts, and for each whether it is the last.

    Both or none: a maker with one dated count only has no growth to show.
    """
    by_day = alike(some)
    if len(by_day) < 2:
        return []
    first, last = by_day.iloc[0], by_day.iloc[-1]
    return [(first, False), (last, True)]


def alike(some: pd.DataFrame) -> pd.DataFrame:
    """Return one maker's counts, one a day, oldest first: only those under the definition of most of them."""
    by_day = reports(some)
    return by_day[by_day["definition"] == by_day["definition"].mode().iloc[0]]


def reports(some: pd.DataFrame) -> pd.DataFrame:
    """Return one maker's counts, one a day, oldest first: of two that were given together, the usual one."""
    aside = some.assign(aside=some["definition"] != PLAIN).sort_values(["as_of", "aside", "figure"])
    return aside.drop_duplicates("as_of").drop(columns="aside")
