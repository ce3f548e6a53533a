"""The blocks of a page's related reads → what a guide keeps of them."""

import re
from collections.abc import Iterable

from skill.guides.page_layout import MINUTES, Block, Kind, minutes, part_named
from skill.library import Related

READ_NOW = re.compile(r"(read|watch)( more| now)*( about |$)", re.IGNORECASE)


def related_reads(blocks: Iterable[Block]) -> tuple[Related, ...]:
    """Title, minutes and link of each read; the line that names the part is none of them."""
    blocks = [block for block in blocks if not part_named(block.text)]
    bulleted = any(block.kind is Kind.BULLET for block in blocks)
    reads = [Related()]
    for block in blocks:
        lengths = minutes(block.text)
        title = READ_NOW.sub("", MINUTES.sub("", block.text)).strip(" ,|·")
        read = reads[-1]
        held = {"video": read.video_minutes, "read": read.read_minutes}
        full = any(
            number and (title not in ("", read.title) or what in lengths) for what, number in held.items()
        )
        if block.kind is Kind.BULLET or (not bulleted and full):
            read = Related()
            reads.append(read)
        reads[-1] = Related(
            title=read.title or title,
            video_minutes=read.video_minutes or lengths.get("video", 0),
            read_minutes=read.read_minutes or lengths.get("read", 0),
            link=read.link or block.link,
        )
    return tuple(read for read in reads if read != Related())
