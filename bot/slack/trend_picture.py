"""The trend as a picture: a line for what is recovered by now, and lines for what is still open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from typing import Any

from bot.services.workplace import Look
from bot.slack.trend import Trend, bare, label, point_of, week_name

INCHES, DOTS = (6.4, 4.0), 200  # 1280 by 800: legible on a phone, where it is shown at a third of that
LINES_IN, BARS_IN = (0.14, 0.115, 0.61, 0.655), (0.04, 0.08, 0.7, 0.64)  # left, bottom, width, height
HEADING, WORDS, NUMBERS = 17, 12, 13  # points
MOST_TICKS = 4
APART = 0.2  # of the height: the words at two ends that are nearer would look like one text
LINE = 0.08  # from a label's amount to its name


@dataclass(frozen=True, slots=True)
class Paint:
    """The colours of a look; each line also has its own words and weight, since colours alone tell nothing."""

    paper: str
    ink: str
    faint: str
    grid: str
    fixed: str
    under: str
    over: str


PAINTS = {
    Look.LIGHT: Paint("#ffffff", "#1d1c1d", "#5f6368", "#e6e8ea", "#0f7b53", "#c2570c", "#5b4bc4"),
    Look.DARK: Paint("#1a1d21", "#f4f4f5", "#a8abb0", "#33373d", "#4ecb94", "#ffa347", "#b3a6ff"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the picture."""

    name: str
    amounts: tuple[Decimal, ...]
    colour: str
    width: float
    style: Any  # a name, or the lengths of dashes and gaps
    words: str  # its newest amount

    @property
    def last(self) -> float:
        """Where it ends."""
        return float(self.amounts[-1])


def draw(trend: Trend, look: Look) -> bytes:
    """Draw the picture as PNG."""
    # Loading matplotlib takes a third of a second, which nobody who starts the bot should wait for.
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415

    paint = PAINTS[look]
    figure = Figure(figsize=INCHES, dpi=DOTS, facecolor=paint.paper)
    canvas = FigureCanvasAgg(figure)
    head(figure, trend, paint)
    rows = rows_of(trend, paint)
    if len(trend.marks) == 1:
        bars(figure.add_axes(BARS_IN, facecolor=paint.paper), rows)
    else:
        lines(figure.add_axes(LINES_IN, facecolor=paint.paper), rows, trend, paint)
    file = BytesIO()
    canvas.print_png(file, metadata={"Software": None})  # type: ignore[no-untyped-call]
    return file.getvalue()


def rows_of(trend: Trend, paint: Paint) -> list[Row]:
    """Give the lines; one that was nothing all the while is left out."""
    told = [
        Row("recovered", tuple(mark.fixed for mark in trend.marks), paint.fixed, 3.2, "-", label(trend, "fixed")),
        Row("not billed", tuple(mark.under for mark in trend.marks), paint.under, 2.4, "-", label(trend, "under")),
        Row(
            "billed too much",
            tuple(mark.over for mark in trend.marks),
            paint.over,
            2.0,
            (0, (4, 2)),
            label(trend, "over"),
        ),
    ]
    return [row for row in told if any(row.amounts)] or told[:1]


def head(figure: Any, trend: Trend, paint: Paint) -> None:  # noqa: ANN401 - matplotlib's own types come with its import
    """Say the point of it all in two lines."""
    title, below = point_of(trend)
    figure.text(0.04, 0.905, title, fontsize=HEADING, weight="bold", color=paint.ink)
    figure.text(0.04, 0.825, below, fontsize=NUMBERS, color=paint.faint)


def bars(axes: Any, rows: Sequence[Row]) -> None:  # noqa: ANN401 - as above
    """Draw a first week: there is nothing to compare it with yet, so its amounts lie side by side."""
    places = range(0, -len(rows), -1)
    axes.barh(places, [row.last for row in rows], height=0.34, color=[row.colour for row in rows])
    for place, row in zip(places, rows, strict=True):
        words = {"color": row.colour, "va": "center", "clip_on": False}
        axes.text(0, place + 0.33, row.name, fontsize=WORDS, **words)
        axes.annotate(
            row.words,
            (row.last, place),
            xytext=(8, 0),
            textcoords="offset points",
            fontsize=NUMBERS,
            weight="bold",
            **words,
        )
    axes.set_xlim(0, max(row.last for row in rows) or 1)
    axes.set_ylim(-2.4, 0.6)
    axes.axis("off")


def lines(axes: Any, rows: Sequence[Row], trend: Trend, paint: Paint) -> None:  # noqa: ANN401 - as above
    """Draw some weeks, with what each line is at its end."""
    plot(axes, rows, paint)
    scale(axes, trend, rows, paint)
    label_ends(axes, rows)


def plot(axes: Any, rows: Sequence[Row], paint: Paint) -> None:  # noqa: ANN401 - as above
    """Draw the lines, and a dot where each ends."""
    for row in rows:
        amounts = [float(amount) for amount in row.amounts]
        weeks = range(len(amounts))
        axes.plot(weeks, amounts, color=row.colour, linewidth=row.width, linestyle=row.style, clip_on=False)
        dot = {"markersize": 8, "markeredgecolor": paint.paper, "clip_on": False, "zorder": 5}
        axes.plot(len(amounts) - 1, row.last, "o", color=row.colour, **dot)
        if row.name == "recovered":
            axes.fill_between(weeks, amounts, color=row.colour, alpha=0.16, linewidth=0)


def scale(axes: Any, trend: Trend, rows: Sequence[Row], paint: Paint) -> None:  # noqa: ANN401 - as above
    """Draw as few grid lines and dates as tell the size."""
    top = max(float(amount) for row in rows for amount in row.amounts)
    axes.set_ylim(0, (top or 1) * 1.08)
    weeks = len(trend.marks) - 1
    axes.set_xlim(-0.02 * weeks, 1.02 * weeks)
    axes.locator_params(axis="y", nbins=MOST_TICKS, integer=True)
    if not top:
        axes.set_yticks([0])
    axes.yaxis.set_major_formatter(lambda amount, _: bare(Decimal(str(amount)), trend.currency))
    places = ticks(len(trend.marks))
    axes.set_xticks(places, [week_name(trend.marks[place].monday) for place in places])
    axes.tick_params(length=0, labelsize=WORDS, labelcolor=paint.faint, pad=6)
    axes.tick_params(axis="x", pad=10)
    axes.grid(axis="y", color=paint.grid, linewidth=1.2)
    axes.set_axisbelow(True)
    for side in axes.spines.values():
        side.set_visible(False)


def ticks(weeks: int) -> list[int]:
    """Choose the weeks that are named: the newest, and some before it at equal distances."""
    step = max(1, -(-(weeks - 1) // (MOST_TICKS - 1)))
    return sorted(range(weeks - 1, -1, -step))


def label_ends(axes: Any, rows: Sequence[Row]) -> None:  # noqa: ANN401 - as above
    """Write what each line is beside its end, none over another."""
    low, high = axes.get_ylim()
    ends = sorted(rows, key=lambda row: row.last)
    heights = spread([(row.last - low) / (high - low) for row in ends], APART)
    for row, height in zip(ends, heights, strict=True):
        words: dict[str, Any] = {"transform": axes.transAxes, "color": row.colour, "va": "center"}
        axes.text(1.045, height + LINE / 2, row.words, fontsize=NUMBERS, weight="bold", **words)
        axes.text(1.045, height - LINE / 2, row.name, fontsize=WORDS - 1, **words)


def spread(heights: Sequence[float], apart: float) -> list[float]:
    """Move labels that lie too near each other apart, in their order, between the floor and the top."""
    placed: list[float] = []
    for height in heights:
        placed.append(max(height, placed[-1] + apart if placed else apart / 4))
    ceiling = 1.0
    for place in reversed(range(len(placed))):
        placed[place] = min(placed[place], ceiling)
        ceiling = placed[place] - apart
    return placed
