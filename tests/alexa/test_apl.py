"""The APL document is one that Alexa can show, and every name in it stands for something."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from skill.alexa.apl import document, render_document
from skill.alexa.rendering import Renderer
from skill.bookmark import Bookmark
from skill.dialogue.memory import Memory
from skill.dialogue.reply import Ask, Pending, Question, Reply, Screen, Stream, Touch
from skill.dialogue.routes import ROUTES
from skill.dialogue.screen import TOUCHABLE, screen
from skill.dialogue.turn import Device, Turn
from tests.conversing import Clock, from_a_screen, make_house, make_speaker, sending, touching
from tests.stories import LISTENER

COMPONENTS = {
    "Container": {"data", "direction", "alignItems", "justifyContent", "wrap", "items", "item"},
    "Frame": {"backgroundColor", "borderRadius", "item"},
    "Image": {"source", "scale"},
    "ScrollView": {"item"},
    "Text": {"text", "color", "fontSize", "fontWeight", "lineHeight", "maxLines", "textAlign"},
    "TouchWrapper": {"onPress", "item"},
}
"""Of the components that are used: their own properties ("APL Standard Components")."""
COMMON = {
    "type", "when", "bind", "width", "height", "grow", "shrink", "role", "accessibilityLabel",
    "paddingLeft", "paddingRight", "paddingTop", "paddingBottom",
}  # fmt: skip
VIEWPORT = {"shape", "width", "height"}
SCREEN = Screen(
    "A <b>title</b>", "Part", "Part 1 of 2", "https://x.example/a.jpg", "A picture", (Touch("Go", "I"),)
)
SHOWN = render_document(SCREEN, ["One & two.", "Three?"], make_house(Path("unused")).prompts)


def components(part: Any) -> Iterator[dict[str, Any]]:
    """Every component in the document, from the outside in."""
    yield part
    for inner in [*part.get("items", []), *([part["item"]] if "item" in part else [])]:
        yield from components(inner)


def strings(part: Any) -> Iterator[str]:
    """Every text anywhere in it."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict):
        for value in part.values():
            yield from strings(value)
    elif isinstance(part, list):
        for value in part:
            yield from strings(value)


MAIN = document()["mainTemplate"]["item"]


def test_every_component_is_known_and_has_only_properties_that_it_has() -> None:
    for component in components(MAIN):
        assert component.keys() <= COMMON | COMPONENTS[component["type"]], component["type"]
    assert {component["type"] for component in components(MAIN)} == set(COMPONENTS)


def test_every_name_in_it_is_bound() -> None:
    bound = {each["name"] for each in MAIN["bind"]} | set(document()["mainTemplate"]["parameters"]) | {"data"}
    shown = SHOWN.datasources["screen"]
    for text in strings(document()):
        for expression in re.findall(r"\$\{([^}]*)\}", text):
            without_texts = re.sub(r"'[^']*'|@\w+", "", expression)
            for name in re.findall(r"[A-Za-z_][\w.]*", without_texts):
                first, *path = name.split(".")
                if first == "viewport":
                    assert path[0] in VIEWPORT, name
                elif first == "payload":
                    assert path[0] == "screen" and path[1] in shown, name
                elif first == "data":
                    assert path[0] in shown["touches"][0], name
                else:
                    assert first in bound, name


def test_every_resource_in_it_is_defined_for_every_viewport() -> None:
    always = next(each for each in document()["resources"] if "when" not in each)
    defined = {name for kind in ("colors", "dimensions") for name in always[kind]}
    used = {name for text in strings(document()) for name in re.findall(r"@(\w+)", text)}
    assert used == defined


def test_the_colours_can_be_read_in_the_dark() -> None:
    colours = document()["resources"][0]["colors"]
    night, words = luminance(colours["night"]), luminance(colours["words"])
    assert night < 0.02
    # WCAG 2.2, success criterion 1.4.6: enhanced contrast
    assert (words + 0.05) / (night + 0.05) > 7
    assert (luminance(colours["aside"]) + 0.05) / (night + 0.05) > 7
    assert (words + 0.05) / (luminance(colours["button"]) + 0.05) > 7


def luminance(colour: str) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_what_is_shown_cannot_break_out_of_its_text() -> None:
    shown = SHOWN.datasources["screen"]
    assert shown["title"] == "A &lt;b&gt;title&lt;/b&gt;"
    assert shown["words"] == "One &amp; two.<br><br>Three?"


def test_a_button_and_a_picture_tell_what_they_are_without_being_seen() -> None:
    for component in components(MAIN):
        if component["type"] in ("Image", "TouchWrapper"):
            assert component["accessibilityLabel"]


def test_everything_that_can_be_touched_can_be_said() -> None:
    assert set(TOUCHABLE) <= {route.name for route in ROUTES}


def test_the_directive_is_what_alexa_takes(tmp_path: Path) -> None:
    exchange = sending(make_speaker(make_house(tmp_path)), from_a_screen).hear(
        "open nightfeed", LISTENER, None
    )
    (directive,) = exchange.response["response"]["directives"]
    assert directive["type"] == "Alexa.Presentation.APL.RenderDocument"
    assert directive["document"] == document()
    assert set(directive["datasources"]) == {"screen"}
    assert len(json.dumps(exchange.response)) < 24_000


def test_the_devices_own_player_keeps_the_screen(tmp_path: Path) -> None:
    house, now = make_house(tmp_path), Clock().now
    turn = Turn(
        house.library, house.show, Memory(house.store, "she", now), now, device=Device(has_screen=True)
    )
    asking = Reply(ask=Ask(Question.START, "sleep"))
    assert screen(turn, asking)
    assert not screen(turn, replace(asking, directives=(Stream(Bookmark("sleep")),)))


@pytest.mark.parametrize("question", Question)
def test_every_question_can_be_shown(question: Question) -> None:
    house = make_house(Path("unused"))
    pending = Pending("SU", "20:00", "Europe/London")
    reply = Reply(ask=Ask(question, "sleep", other="food"), screen=SCREEN, reminder=pending)
    response = Renderer(house.prompts, house.library, "").response(reply)
    assert response.directives[-1].datasources["screen"]["words"].endswith("?")


@pytest.mark.parametrize("argument", ["ForgetMeIntent", "SkillDisabled", "", 7, None, {"a": 1}])
def test_a_touch_of_something_else_leads_back_to_the_question(tmp_path: Path, argument: Any) -> None:
    speaker = sending(make_speaker(make_house(tmp_path)), from_a_screen)
    opened = speaker.hear("open nightfeed", LISTENER, None)
    exchange = sending(speaker, touching(argument)).hear("", LISTENER, opened.session)
    assert [step.text for step in exchange.steps] == ["Sorry, I missed that. Shall I start?"]


@pytest.mark.parametrize(
    "request_",
    [
        {
            "type": "Alexa.Presentation.APL.RuntimeError",
            "token": "nightfeed",
            "errors": [{"type": "LIST_ERROR", "reason": "INTERNAL_ERROR", "listId": "l", "message": "m"}],
        },
        {"type": "AudioPlayer.PlaybackStarted", "token": "t", "offsetInMilliseconds": 0},
        {"type": "PlaybackController.NextCommandIssued"},
        {"type": "SessionEndedRequest", "reason": "USER_INITIATED"},
    ],
    ids=lambda request: request["type"],
)
def test_what_may_not_be_answered_with_a_screen_is_not(tmp_path: Path, request_: dict[str, Any]) -> None:
    speaker = sending(make_speaker(make_house(tmp_path)), from_a_screen)
    exchange = sending(speaker, lambda envelope: envelope["request"].update(request_)).hear(
        "", LISTENER, None
    )
    directives = exchange.response["response"].get("directives", [])
    assert not any("APL" in directive["type"] for directive in directives)
    assert "outputSpeech" not in exchange.response["response"]
