"""The listening side's pages, rendered: home, a page a guide, and the thanks. Pure."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import jinja2

from skill.library import Episode, Guide, Library
from skill.listen.feed import FEED_FILE
from skill.show import Show


@dataclass(frozen=True)
class Pages:
    """Renders pages of one site; within it, every link is relative, so that it may lie in any folder."""

    library: Library
    show: Show
    base_url: str
    """Where the public finds the site; no trailing slash."""
    assets: Mapping[str, str]
    """Name of an asset → its path in the site."""
    votes: bool
    """Whether they can be sent to the server that the pages come from."""
    talk: bool
    """Whether the talk page is at that server."""

    def home(self) -> str:
        """Every guide, and how to subscribe."""
        guides = [guide for guide in self.library.guides if guide.episode]
        return self._render("home.html", "", guides=guides, url=f"{self.base_url}/")

    def guide(self, guide: Guide, episode: Episode) -> str:
        """The player, chapters and transcript of a guide."""
        url = f"{self.base_url}/{guide.slug}/"
        return self._render("guide.html", "../", guide=guide, episode=episode, url=url)

    def thanks(self) -> str:
        """For a vote that was sent without JavaScript."""
        return self._render("thanks.html", "../", url=f"{self.base_url}/thanks/")

    def _render(self, template: str, root: str, **values: Any) -> str:
        url = values["url"]
        return self._templates.get_template(template).render(
            show=self.show,
            library=self.library,
            root=root,
            assets={name.replace(".", "_"): f"{root}{path}" for name, path in self.assets.items()},
            feed_url=f"{self.base_url}/{FEED_FILE}",
            votes=self.votes,
            talk=self.talk,
            qr_code=qr_code(url),
            **values,
        )

    @cached_property
    def _templates(self) -> jinja2.Environment:
        templates = jinja2.Environment(
            loader=jinja2.PackageLoader("skill.listen"),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=jinja2.StrictUndefined,
        )
        templates.filters |= {"minutes": minutes, "clock": clock, "without_scheme": without_scheme}
        return templates


def minutes(seconds: float) -> str:
    """About how long, in words: never less than a minute."""
    count = max(1, round(seconds / 60))
    return "1 minute" if count == 1 else f"{count} minutes"


def clock(seconds: float) -> str:
    """As players show it: 3:05."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"


def without_scheme(address: str) -> str:
    """An address as podcast apps want it behind a scheme of their own."""
    return address.partition("://")[2]


def qr_code(address: str) -> str:
    """The address as a QR code: an SVG path of dark squares in a box as wide as its size tells."""
    # Imported late: only the making of pages needs it.
    import segno

    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        out, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=2, light="#fff", title="QR code"
    )
    return out.getvalue().decode()
