"""DynamoDB's expression language: the conditional updates that the store is written by."""

from collections.abc import Mapping
from uuid import uuid4

from skill.store.dynamodb_api import Parameters
from skill.store.dynamodb_items import ATTRIBUTES, KEY, REVISION, Path, Typed, Value, packed


class ConditionFailed(Exception):  # noqa: N818
    """The item is not as the request wants it: nothing was done."""


class Expressions:
    """The names and values that the expressions of one request stand for.

    No name is written out: many are reserved words, and slugs have hyphens.
    """

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._values: Parameters = {}

    def name(self, path: Path) -> str:
        """How the path is written."""
        return ".".join(self._names.setdefault(part, f"#n{len(self._names)}") for part in path)

    def value(self, value: Typed) -> str:
        """How a value in DynamoDB's types is written."""
        name = f":v{len(self._values)}"
        self._values[name] = value
        return name

    def exists(self, path: Path) -> str:
        """The condition that there is something."""
        return f"attribute_exists({self.name(path)})"

    def missing(self, path: Path) -> str:
        """The condition that there is nothing."""
        return f"attribute_not_exists({self.name(path)})"

    def at(self, revision: str) -> str:
        """The condition that the item is at that revision."""
        return f"{self.name(REVISION)} = {self.value(packed(revision))}"

    def changes(self, facts: Mapping[Path, Value]) -> str:
        """The update that sets these facts, or removes those that are None."""
        kept = [
            f"{self.name(path)} = {self.value(packed(fact))}"
            for path, fact in facts.items()
            if fact is not None
        ]
        dropped = [self.name(path) for path, fact in facts.items() if fact is None]
        clauses = (("SET", kept), ("REMOVE", dropped))
        return " ".join(f"{verb} {', '.join(each)}" for verb, each in clauses if each)

    def parameters(self, **expressions: str) -> Parameters:
        """The expressions, by parameter, with all that they stand for."""
        names = {name: part for part, name in self._names.items()}
        values = {"ExpressionAttributeValues": self._values} if self._values else {}
        return {"ExpressionAttributeNames": names, **values, **expressions}


def setting(
    facts: Mapping[Path, Value], *, within: Path = (), new: Path = (), dated: Path = (), revision: str = ""
) -> Parameters:
    """An update that sets the facts together, or removes those that are None, and leaves all else as it is.

    Done only if there is something at `within`, nothing at `new`, no later date at `dated` than is set, and
    the item is at `revision`, as far as these are given. The item comes to be at a new one.
    """
    given = Expressions()
    conditions = [given.exists(within)] if within else []
    if new:
        conditions.append(given.missing(new))
    if dated:
        not_later = f"{given.name(dated)} <= {given.value(packed(facts[dated]))}"
        conditions.append(f"({given.missing(dated)} OR {not_later})")
    if revision:
        conditions.append(given.at(revision))
    return given.parameters(
        UpdateExpression=given.changes({**facts, REVISION: uuid4().hex}),
        ConditionExpression=" AND ".join(conditions),
    )


def counting(number: Path, within: Path) -> Parameters:
    """An update that counts the number up, if there is something at `within`."""
    given = Expressions()
    # Not by ADD, which is documented for an item's top level only.
    count = f"if_not_exists({given.name(number)}, {given.value(packed(0))}) + {given.value(packed(1))}"
    return given.parameters(
        UpdateExpression=f"SET {given.name(number)} = {count}", ConditionExpression=given.exists(within)
    )


def adding(counts: Mapping[str, int]) -> Parameters:
    """An update that adds to numbers at the item's top, which need not be there."""
    given = Expressions()
    added = [f"{given.name((name,))} {given.value(packed(count))}" for name, count in counts.items()]
    return given.parameters(UpdateExpression=f"ADD {', '.join(added)}")


def claiming(claim: str) -> Parameters:
    """The condition that there is no item yet, or that it holds this very claim."""
    given = Expressions()
    ours = f"{given.name((*ATTRIBUTES, 'claim'))} = {given.value(packed(claim))}"
    return given.parameters(ConditionExpression=f"{given.missing(KEY)} OR {ours}")


def unchanged(revision: str) -> Parameters:
    """The condition that the item is at that revision."""
    given = Expressions()
    return given.parameters(ConditionExpression=given.at(revision))


def reading(*paths: Path) -> Parameters:
    """What of the items is read."""
    given = Expressions()
    return given.parameters(ProjectionExpression=", ".join(given.name(path) for path in paths))
