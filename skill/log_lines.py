"""Logs for machines: each entry a line of JSON, in which nothing of a listener stands."""

import json
import logging
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

NAMESPACE = "Nightfeed"
"""Of the metrics in CloudWatch."""


def log_in_lines() -> None:
    """Send all entries to standard error as lines: warnings of anybody's, and each of our own turns."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("skill").setLevel(logging.INFO)


class JsonLines(logging.Formatter):
    """One line for each entry. What was passed as extra={"told": …} and {"metrics": {name: unit}} is in it.

    With metrics, the line is in CloudWatch's embedded metric format, which counts them where it is read.
    """

    def format(self, record: logging.LogRecord) -> str:
        """See logging.Formatter."""
        at = datetime.fromtimestamp(record.created, UTC)
        line: dict[str, Any] = {
            "time": at.isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **vars(record).get("told", {}),
        }
        if record.exc_info and record.exc_info[0]:
            kind, _, trace = record.exc_info
            line |= {"fault": kind.__name__, "at": _frames(trace)}
        if metrics := vars(record).get("metrics"):
            line["_aws"] = _embedded(metrics, int(record.created * 1000))
        return json.dumps(line, ensure_ascii=False)


def _frames(trace: TracebackType | None) -> list[str]:
    """Where it happened. The fault's own text is left out: it may quote what a listener has said."""
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]


def _embedded(metrics: Mapping[str, str], milliseconds: int) -> dict[str, Any]:
    """See "Embedded metric format specification" in CloudWatch's documentation."""
    named = [{"Name": name, "Unit": unit} for name, unit in metrics.items()]
    directive = {"Namespace": NAMESPACE, "Dimensions": [[], ["request"]], "Metrics": named}
    return {"Timestamp": milliseconds, "CloudWatchMetrics": [directive]}
