"""What every coder, reader, shelf and language must hold to, as functions that a test calls.

    from dateline.conformance import check_coder

    def test_my_coder_keeps_the_rules():
        check_coder(my_package.make)

Each function tries the part on texts and files that nobody would write, and raises :class:`AssertionError` that begins
with the name of the rule that was broken. The rules are :data:`RULES`. Dateline's own parts are held to the same.
"""

from dateline.conformance.coder import check_coder
from dateline.conformance.language import check_language
from dateline.conformance.reader import check_reader
from dateline.conformance.rules import RULES
from dateline.conformance.shelf import check_shelf

__all__ = ["RULES", "check_coder", "check_language", "check_reader", "check_shelf"]
