"""What stands around the article and is known by its words alone: "Related articles", and what is below."""

from collections.abc import Sequence

from skill.guides.page_clutter import MARK, marked_part
from skill.guides.page_layout import Part, part_named
from skill.guides.page_lines import HEADINGS, Element, Line, lines

LONGEST_OFFER = 6
"""Lines of an offer down to its button or link."""
SMALL = 0.4
"""Share of the article's lines: a box that holds more is not an offer."""
OFFERS = (Part.RELATED, Part.SIGN_UP, Part.FEEDBACK, Part.DONATION, Part.COMMENTS)


def mark_offers(found: Sequence[Line], region: Element) -> None:
    """Mark every offer in the article's region, if it has a link or a button as offers have."""
    inside = [line for line in found if region in line.around]
    for i, line in enumerate(inside):
        part = part_named(line.text) if marked_part(line.around) is None else None
        if part not in OFFERS or line.nearest("li") is not None:
            continue
        box = _box(line, region, len(inside))
        if box is not None:
            box.set(MARK, part.name)
            continue
        length = _length(inside[i + 1 :], part, line)
        for below in inside[i : i + 1 + length] if length else ():
            below.block.set(MARK, part.name)


def _box(line: Line, region: Element, all_lines: int) -> Element | None:
    """The largest element below the region that the line begins, if it is small and has a call in it."""
    boxes = []
    for element in line.around:
        if element is region:
            break
        boxes.append(element)
    for box in reversed(boxes):
        held = list(lines(box))
        if (
            held[0].text == line.text
            and 1 < len(held) <= max(SMALL * all_lines, 2)
            and any(map(_calls, held))
        ):
            return box
    return None


def _length(below: Sequence[Line], part: Part, line: Line) -> int:
    """How many of the lines below belong to the offer; none where there is no call."""
    ranks = (
        HEADINGS[: HEADINGS.index(own.tag) + 1] if (own := line.nearest(*HEADINGS)) is not None else HEADINGS
    )
    end = next((i for i, other in enumerate(below) if other.nearest(*ranks) is not None), len(below))
    calls = [i for i, other in enumerate(below[:end]) if _calls(other)]
    if part is Part.RELATED:
        return next((i for i in range(end) if i not in calls), end)
    return next((i + 1 for i in reversed(calls) if i < LONGEST_OFFER), 0)


def _calls(line: Line) -> bool:
    """Whether the line is a link, or of a button or form."""
    return marked_part(line.around) is Part.FORM or line.is_link
