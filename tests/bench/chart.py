"""A comparison as files: JSON, and a chart as SVG that is read on dark and on light pages."""

import json
import math
import os
import platform
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from skill.files import write_whole
from tests.bench.ratios import Result, figure

WIDTH, TEXT, LINE, GAP = 900, 13, 18, 26
"""Pixels: the drawing, its letters, a line of them, and what is between two rows."""
LEFT, RIGHT = 24, 876
BAR = 10
LIGHT = {"page": "#ffffff", "ink": "#1f2328", "faint": "#59636e", "met": "#1a7f37", "missed": "#bc4c00",
         "plain": "#57606a", "rule": "#d1d9e0"}  # fmt: skip
DARK = {"page": "#0d1117", "ink": "#f0f6fc", "faint": "#9198a1", "met": "#3fb950", "missed": "#f0883e",
        "plain": "#8b949e", "rule": "#3d444d"}  # fmt: skip


def write(
    name: str, title: str, results: Sequence[Result], versions: Mapping[str, str], folder: Path
) -> None:
    """name.json and name.svg in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    told = {"bench": name, "machine": machine(), "versions": dict(versions), "rows": rows(results)}
    data = json.dumps(told, indent=1, ensure_ascii=False) + "\n"
    write_whole(folder / f"{name}.json", data.encode())
    write_whole(folder / f"{name}.svg", ratios_svg(title, results).encode())


def machine() -> dict[str, Any]:
    """What the figures depend on; nothing that tells whose machine it is."""
    system = f"{platform.system()} {platform.machine()}"
    return {"processors": os.cpu_count(), "system": system, "python": platform.python_version()}


def rows(results: Sequence[Result]) -> list[dict[str, Any]]:
    """The results for JSON."""
    return [
        {
            "work": result.row.work,
            "against": result.row.against,
            "goal": result.row.hope,
            "met": result.met,
            "ratio": result.ratio,
            "spread": result.spread,
            "unit": result.row.unit,
            "ours": result.ours,
            "theirs": result.theirs,
        }
        for result in results
    ]


def ratios_svg(title: str, results: Sequence[Result]) -> str:
    """A bar for each row that has a goal, from 1 × to the median, on a logarithmic scale."""
    shown = [result for result in results if result.row.goal]
    ends = [1.0, *(end for result in shown for end in (*result.spread, result.row.goal or 1.0))]
    low, high = math.log(min(ends)), math.log(max(ends))
    scale = (RIGHT - LEFT) / ((high - low) or 1.0)

    def x(ratio: float) -> float:
        return LEFT + (math.log(ratio) - low) * scale

    marks, y = [], 64.0
    for result in shown:
        colour = "met" if result.met else "missed"
        start, end = result.spread
        told = f"{figure(result.ratio)} × ({figure(start)}–{figure(end)}), goal {result.row.hope} ×"
        top = y + 2 * LINE - 6
        left, right = sorted((x(1.0), x(result.ratio)))
        marks += [
            text(LEFT, y, result.row.work, "ink"),
            text(RIGHT, y, told, colour, "end"),
            text(LEFT, y + LINE, f"against {result.row.against}", "faint"),
            bar(left, top, right - left, BAR, colour),
            bar(x(start), top + BAR / 2 - 1, x(end) - x(start), 2, "ink"),
            bar(x(result.row.goal or 1.0) - 1, top - 4, 2, BAR + 8, "ink"),
        ]
        y = top + BAR + GAP
    rule = bar(x(1.0), 40, 1, y - 40 - GAP / 2, "rule")
    legend = "bars begin at 1 × (logarithmic); thin line: the rounds' spread; tick: the goal"
    return svg(y + LINE, [text(LEFT, 28, title, "ink bold"), rule, *marks, text(LEFT, y, legend, "faint")])


def text(x: float, y: float, words: str, colour: str, anchor: str = "start") -> str:
    """Words that begin, or end, at x."""
    return f'<text x="{x:.1f}" y="{y:.1f}" class="{colour}" text-anchor="{anchor}">{escape(words)}</text>'


def bar(x: float, y: float, width: float, height: float, colour: str, told: str = "") -> str:
    """A rectangle; what is told of it shows where one points at it."""
    title = f"<title>{escape(told)}</title>" if told else ""
    shape = f'x="{x:.1f}" y="{y:.1f}" width="{max(width, 0.5):.1f}" height="{height:.1f}"'
    return f'<rect {shape} class="{colour}">{title}</rect>'


def svg(height: float, marks: Sequence[str]) -> str:
    """The drawing, with a page of its own colour under it: it follows what the reader's system prefers."""

    def colours(theme: Mapping[str, str]) -> str:
        return " ".join(f".{name} {{ fill: {value} }}" for name, value in theme.items())

    style = (
        f"text {{ font: {TEXT}px system-ui, sans-serif }} .bold {{ font-weight: 600 }} {colours(LIGHT)} "
        f"@media (prefers-color-scheme: dark) {{ {colours(DARK)} }}"
    )
    page = bar(0, 0, WIDTH, height, "page")
    size = f'width="{WIDTH}" height="{height:.0f}" viewBox="0 0 {WIDTH} {height:.0f}"'
    lines = (f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">', f"<style>{style}</style>", page)
    return "\n".join((*lines, *marks, "</svg>")) + "\n"
