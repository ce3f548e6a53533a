"""The SDK's serializer, with the way through each model class worked out once: the objects are the same.

The SDK looks up, for every value of every request, by which class it is read, by name. Here that is done once
for each class, when it is first met. Whatever a request has that is not plainly as the model says (another
type, an unknown enum value) is left to the SDK, so that it means, or raises, just what it does there.
"""

import re
from collections.abc import Callable
from datetime import datetime
from enum import Enum
from functools import cache
from importlib import import_module
from threading import RLock
from typing import Any

import msgspec
from ask_sdk_core.serialize import DefaultSerializer

Decoder = Callable[[Any], Any]
"""A value that is not None, as in JSON → what the SDK makes of it; raises anything for what is not plain."""

PLAIN = frozenset({type(None), str, int, float, bool})
"""Types that JSON has, too."""
NATIVE = {"str": str, "int": int, "long": int, "float": float, "bool": bool}
"""By the SDK's names."""
STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z")
"""How Alexa writes the time."""
LIST = re.compile(r"list\[([^,]*)\]")
DICT = re.compile(r"dict\([^,]*, ([^,]*)\)")


_importing = RLock()
"""Held while the SDK's classes are imported: their modules import each other, and threads would deadlock."""


class NotPlainError(Exception):
    """The SDK's own way is needed."""


class CompiledSerializer(DefaultSerializer):  # type: ignore[misc]
    """Does what DefaultSerializer does, several times as fast.

    One thing differs: a time's zone is datetime.UTC, and not dateutil's, which takes long to load.
    """

    def deserialize(self, payload: Any, obj_type: Any) -> Any:
        """See DefaultSerializer."""
        try:
            value = msgspec.json.decode(payload)
            return None if value is None else decoder(obj_type)(value)
        except Exception:
            with _importing:
                return super().deserialize(payload, obj_type)

    def serialize(self, obj: Any) -> Any:
        """See DefaultSerializer."""
        kind: Any = type(obj)
        if kind in PLAIN:
            return obj
        if kind is dict:
            return {name: self.serialize(value) for name, value in obj.items()}
        if kind is list:
            return [self.serialize(value) for value in obj]
        if not hasattr(kind, "deserialized_types"):
            return super().serialize(obj)
        values = ((key, getattr(obj, name)) for name, key in keys(kind))
        return {key: self.serialize(value) for key, value in values if value is not None}


@cache
def decoder(obj_type: Any) -> Decoder:
    """Of what the SDK calls by that name: a class, or its full name, `list[…]` or `dict(…, …)` of one."""
    if not isinstance(obj_type, str):
        return _of_class(obj_type)
    if obj_type == "object":
        return lambda value: value
    if obj_type == "datetime":
        return _time
    if obj_type in NATIVE:
        return _of_native(NATIVE[obj_type])
    if obj_type == "date":
        return _not_plain
    if obj_type.startswith("list["):
        return _of_list(LIST.fullmatch(obj_type))
    if obj_type.startswith("dict("):
        return _of_dict(DICT.fullmatch(obj_type))
    return decoder(sdk_class(obj_type))


def sdk_class(name: str) -> Any:
    """The class of that full name, imported when it is first needed; safe from any thread."""
    module, _, of_module = name.rpartition(".")
    with _importing:
        return getattr(import_module(module), of_module)


@cache
def keys(model: Any) -> tuple[tuple[str, str], ...]:
    """The model's attributes, each with its key in JSON."""
    known = getattr(model, "attribute_map", {})
    return tuple((name, known.get(name, name)) for name in model.deserialized_types)


def _of_class(model: Any) -> Decoder:
    if issubclass(model, Enum):
        return lambda value: model(value)
    if not hasattr(model, "deserialized_types"):
        return _not_plain
    if not hasattr(model, "get_real_child_model"):
        return _of_model(model)
    return lambda value: _child(model.get_real_child_model(value))(value)


@cache
def _child(name: str) -> Decoder:
    """Of the class that a request's type stands for."""
    return _of_model(sdk_class(name))


def _of_model(model: Any) -> Decoder:
    names = {key: name for name, key in keys(model)}
    types = {key: model.deserialized_types[name] for key, name in names.items()}
    if len(names) != len(keys(model)):
        return _not_plain
    unset = vars(model())
    decoders: dict[str, Decoder] = {}

    def decode(value: Any) -> Any:
        if type(value) is not dict:
            raise NotPlainError
        attributes = unset.copy()
        unknown = None
        for key, inner in value.items():
            if key not in names:
                unknown = unknown or []
                unknown.append(key)
            elif inner is None:
                attributes[names[key]] = None
            else:
                # Not before: a class is imported when it is first met.
                decode_inner = decoders.get(key) or decoders.setdefault(key, decoder(types[key]))
                attributes[names[key]] = decode_inner(inner)
        for key in unknown or ():
            if key.startswith("__"):
                raise NotPlainError
            attributes[key] = value[key]
        decoded = model.__new__(model)
        decoded.__dict__ = attributes
        return decoded

    return decode


def _of_native(kind: type) -> Decoder:
    return lambda value: value if type(value) is kind else kind(value)


def _of_list(found: re.Match[str] | None) -> Decoder:
    if not found:
        return _not_plain
    inner = decoder(found[1].strip())

    def decode(value: Any) -> Any:
        if type(value) is not list:
            raise NotPlainError
        return [None if each is None else inner(each) for each in value]

    return decode


def _of_dict(found: re.Match[str] | None) -> Decoder:
    if not found:
        return _not_plain
    inner = decoder(found[1])

    def decode(value: Any) -> Any:
        return {key: None if each is None else inner(each) for key, each in value.items()}

    return decode


def _time(value: Any) -> datetime:
    if not STAMP.fullmatch(value):
        raise NotPlainError
    return datetime.fromisoformat(value)


def _not_plain(value: Any) -> Any:
    raise NotPlainError
