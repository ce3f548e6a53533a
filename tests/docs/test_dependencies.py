"""docs/dependencies.md: every package that pyproject.toml names, with the licence that it declares."""

import re
import tomllib
from importlib.metadata import Distribution, distributions

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.server import PROJECT

ROW = re.compile(r"^\| ([a-z0-9-]+) \| .+ \| (.+) \| (.+) \|$", re.MULTILINE)
SIDES = {"listener's", "editor's", "tests"}
CLASSIFIER = "License :: OSI Approved :: "
WORDS = {
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-",
    "GNU General Public License v3 or later (GPLv3+)": "GPL-3.0-or-later",
    "GNU Lesser General Public License v3 (LGPLv3)": "LGPL-3.0-",
    "GNU Library or Lesser General Public License (LGPL)": "LGPL-",
    "MIT License": "MIT",
    "Zope Public License": "ZPL-",
}
"""How packages name their licences → how SPDX's name begins."""
MOST_IN_A_FIELD = 30
"""Letters; a longer field holds the licence's text."""


def rows() -> dict[str, tuple[str, str]]:
    """Package → licence and side, as the page has them."""
    found = ROW.findall((PROJECT / "docs" / "dependencies.md").read_text(encoding="utf-8"))
    assert len(found) == len({name for name, _, _ in found}), "a package has two rows"
    return {name: (licence, side) for name, licence, side in found if name != "package"}


def named() -> set[str]:
    """All that pyproject.toml names, save Nightfeed itself, whose extras name one another."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    needed = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    for extra in project["project"]["optional-dependencies"].values():
        needed.extend(extra)
    return {canonicalize_name(Requirement(need).name) for need in needed} - {project["project"]["name"]}


def declared(package: Distribution) -> str:
    """The licence as SPDX names it, or how that name begins; nothing where the package tells none.

    Newer packages have an expression. Of older ones the classifier is surer than the field, which may
    hold anything, but the field is the closer where both are of one family: BSD-2-Clause, BSD License.
    """
    about = package.metadata
    if expression := about.get("License-Expression"):
        return str(expression)
    classifiers = [each.removeprefix(CLASSIFIER) for each in about.get_all("Classifier", [])]
    family = next((WORDS[each] for each in classifiers if each in WORDS), "")
    field = (about.get("License") or "").strip()
    name = WORDS.get(field, field) if len(field) < MOST_IN_A_FIELD else ""
    return name if re.fullmatch(r"[\w.-]+", name) and (name.startswith(family) or not family) else family


def test_the_page_has_a_row_for_each_package_that_pyproject_names() -> None:
    assert set(rows()) == named()


def test_the_rows_are_in_order_and_name_a_side() -> None:
    assert list(rows()) == sorted(rows())
    for name, (_, side) in rows().items():
        assert set(side.split(", ")) <= SIDES, name


def test_the_licence_is_the_one_that_the_package_declares() -> None:
    # What is for another system, an extra or the build alone may not be installed.
    installed = {
        canonicalize_name(package.metadata["Name"]): package
        for package in distributions()
        if canonicalize_name(package.metadata["Name"]) in named()
    }
    assert "ask-sdk-core" in installed
    for name, package in installed.items():
        check_licence(name, declared(package))


def check_licence(name: str, told: str) -> None:
    licence, _ = rows()[name]
    if told:
        assert licence == told or (told.endswith("-") and licence.startswith(told)), f"{name}: {told}"
    else:
        assert licence.startswith(("(", "none declared")), f"{name} declares none"
