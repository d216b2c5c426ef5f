"""Agreement of coders: Krippendorff's alpha of each field, with intervals, pair by pair and over time.

:func:`agreement` is a pure function from codings, each with who made it and when, to an :class:`Agreement`.
"""

from dateline.evaluate.agreement.agree import agreement
from dateline.evaluate.agreement.model import (
    FIELDS,
    Agreement,
    AgreementField,
    By,
    Coded,
    FieldAgreement,
    PairAgreement,
    Scale,
    Stretch,
)

__all__ = [
    "FIELDS",
    "Agreement",
    "AgreementField",
    "By",
    "Coded",
    "FieldAgreement",
    "PairAgreement",
    "Scale",
    "Stretch",
    "agreement",
]
