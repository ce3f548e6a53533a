"""The skill package is what ask-cli takes, and Amazon's own models read it without loss."""

import json
from pathlib import Path
from typing import Any

import pytest
from ask_sdk_core.serialize import DefaultSerializer
from ask_smapi_model.v1.skill.interaction_model.interaction_model_data import InteractionModelData
from ask_smapi_model.v1.skill.manifest.skill_manifest_envelope import SkillManifestEnvelope

from skill.alexa.package import locales, read_manifest, skill_package
from skill.alexa.phrases import read_phrases
from skill.errors import ContentError
from skill.library import read_library
from tests.conversing import CONTENT

ROOT = CONTENT.parent
LOCALES = ("en-GB", "en-US", "en-CA", "en-AU", "en-IN")


@pytest.fixture
def files() -> dict[str, bytes]:
    manifest = read_manifest(ROOT / "skill.json")
    phrases = {locale: read_phrases(CONTENT / "phrases" / "en.toml", locale) for locale in locales(manifest)}
    return dict(skill_package(manifest, phrases, read_library(ROOT / "audio" / "library.json").guides))


def test_it_has_ask_clis_layout(files: dict[str, bytes]) -> None:
    models = {f"skill-package/interactionModels/custom/{locale}.json" for locale in LOCALES}
    images = {"skill-package/assets/images/smallIcon.png", "skill-package/assets/images/largeIcon.png"}
    assert set(files) == {"ask-resources.json", "skill-package/skill.json", *models, *images}
    assert (
        json.loads(files["ask-resources.json"])["profiles"]["default"]["skillMetadata"]["src"]
        == "./skill-package"
    )


@pytest.mark.parametrize(("name", "pixels"), [("smallIcon.png", 108), ("largeIcon.png", 512)])
def test_the_icons_are_png_of_the_sizes_that_are_asked_for(
    files: dict[str, bytes], name: str, pixels: int
) -> None:
    data = files[f"skill-package/assets/images/{name}"]
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    assert (int.from_bytes(data[16:20]), int.from_bytes(data[20:24])) == (pixels, pixels)


def test_the_manifest_names_the_icons_in_every_locale(files: dict[str, bytes]) -> None:
    published = json.loads(files["skill-package/skill.json"])["manifest"]["publishingInformation"]["locales"]
    assert tuple(published) == LOCALES
    own = read_manifest(ROOT / "skill.json")["manifest"]["publishingInformation"]["locales"]
    assert json.loads(files["skill-package/skill.json"]).keys() == read_manifest(ROOT / "skill.json").keys()
    for locale, texts in published.items():
        assert texts.items() >= own[locale].items()
        for field in ("smallIconUri", "largeIconUri"):
            assert f"skill-package/{texts[field].removeprefix('file://')}" in files


@pytest.mark.parametrize(
    ("written", "line", "told"),
    [
        (None, 1, "there is no manifest; run this inside the project's folder"),
        ("{\n  'a'", 2, "not JSON (Expecting property name enclosed in double quotes); mend it there"),
        ("{}", 1, "the manifest has no 'manifest'; compare Alexa's manifest schema"),
        (
            '{"manifest": {"publishingInformation": {"locales": {}}}}',
            1,
            "the manifest has no 'locales'; compare Alexa's manifest schema",
        ),
    ],
)
def test_a_manifest_that_is_none_is_told(tmp_path: Path, written: str | None, line: int, told: str) -> None:
    path = tmp_path / "skill.json"
    if written is not None:
        path.write_text(written, encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        read_manifest(path)
    assert str(caught.value) == f"{path}:{line}: {told}"


def test_its_files_can_be_read_by_eye() -> None:
    manifest = read_manifest(ROOT / "skill.json")
    manifest["manifest"]["publishingInformation"]["locales"]["en-GB"]["name"] = "Café"
    texts = skill_package(manifest, {}, ())["skill-package/skill.json"].decode()
    assert texts.startswith('{\n  "manifest": {\n    "') and texts.endswith("\n}\n") and '"Café"' in texts
    assert "largeIconUri" not in str(manifest)


@pytest.mark.parametrize("locale", LOCALES)
def test_amazons_model_reads_the_interaction_model_without_loss(files: dict[str, bytes], locale: str) -> None:
    model = json.loads(files[f"skill-package/interactionModels/custom/{locale}.json"])
    assert model["interactionModel"]["languageModel"]["invocationName"] == "night feed"
    assert through(model, InteractionModelData) == model


def test_amazons_model_reads_the_manifest_without_loss(files: dict[str, bytes]) -> None:
    manifest = json.loads(files["skill-package/skill.json"])
    assert {**manifest["manifest"], "publishingInformation": ...} == {
        **read_manifest(ROOT / "skill.json")["manifest"],
        "publishingInformation": ...,
    }
    assert through(manifest, SkillManifestEnvelope) == manifest


def through(values: dict[str, Any], kind: type[Any]) -> Any:
    """The values, read and written again by Amazon's model class."""
    serializer = DefaultSerializer()
    return serializer.serialize(serializer.deserialize(json.dumps(values), kind))
