"""A browser for the report's page."""

from tests.listen.conftest import browser

__all__ = ["browser"]
