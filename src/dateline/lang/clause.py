"""A clause: what a verb, or a noun that names an act, says of who does what to whom, read once.

Rules ask the clause of a word (:func:`clause_of`) and not the tree around it: who its subjects are through passives,
control and lists, whether it is negated, what governs it and how. What a word is read to be stands in one place, so
two rules cannot read it in two ways, and a rule can be tested on a clause that was made by hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from dateline.lang.base import language_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from dateline.lang.links import Link
    from dateline.lang.quotation import Quotation

Voice = Literal["active", "passive"]
Tense = Literal["past", "present", "future"]
Kind = Literal["verb", "noun", "other"]
_KEPT = "dateline.clauses"


@dataclass(frozen=True, slots=True)
class Clause:
    """What one word says, with the words around it by what they are to it (spaCy tokens, in the order of the text).

    ``subjects`` do what the word says and ``objects`` have it done to them, whatever the voice: the subject of a
    passive is among the objects, those whom its "by" names are ``agents`` and among the subjects; lists are spread,
    relative pronouns stand for their nouns, and a verb without a subject of its own has that of the verb or noun it
    leans on. ``under`` holds the words that hang on it, by their link, as the parser gave them.
    """

    word: Token
    kind: Kind = "verb"
    voice: Voice = "active"
    tense: Tense | None = None
    subjects: tuple[Token, ...] = ()
    objects: tuple[Token, ...] = ()
    agents: tuple[Token, ...] = ()
    overtly_passive: bool = False
    """Whether it says so by an auxiliary, a subject or as a clause of its own ("asked by the mayor, he ..."): less
    than ``passive``, which takes any participle of an act ("wounded men", "the alleged plan"). Ask this of verbs of
    speech, where a lone participle is oftener a past tense that was misread."""
    light_verb: Token | None = None
    """The verb over a noun that only says that it happens ("staged" in "staged a rally")."""
    governor: Token | None = None
    """The word it hangs on; None for the head of a sentence."""
    link: Link = "root"
    """How it hangs there: "open clause" for the infinitive of "try to march", "preposition" under "after" ..."""
    quotation: Quotation | None = None
    """The innermost quotation that it stands in."""
    under: Mapping[Link, tuple[Token, ...]] = field(default_factory=dict)

    @property
    def passive(self) -> bool:
        """Whether the word's subject is the one acted upon, as that of every participle of an act is."""
        return self.voice == "passive"

    def hung(self, *links: Link) -> tuple[Token, ...]:
        """The words that hang on it by any of the links, in the order of the text."""
        if len(links) == 1:
            return self.under.get(links[0], ())
        return tuple(sorted((t for one in links for t in self.under.get(one, ())), key=lambda t: t.i))

    def has(self, *links: Link) -> bool:
        """Whether any word hangs on it by one of the links."""
        return any(one in self.under for one in links)

    @property
    def has_own_subject(self) -> bool:
        """Whether a subject of its own hangs on it, in either voice ("there" in "there were clashes" too)."""
        return self.has("subject", "passive subject", "clause as subject", "expletive")

    @property
    def negated(self) -> bool:
        """Whether a word of negation hangs on it."""
        return "negation" in self.under

    @property
    def auxiliaries(self) -> frozenset[str]:
        """Its auxiliaries, passive ones too, in lower case."""
        return frozenset(t.lower_ for t in self.hung("auxiliary", "passive auxiliary"))

    @property
    def infinitive(self) -> bool:
        """Whether it is an infinitive with "to"."""
        return any(t.lower_ == "to" for t in self.under.get("auxiliary", ()))

    @property
    def perfect(self) -> bool:
        """Whether it is told by a form of "have" ("has left", "must have left")."""
        return any(t.lemma_.lower() == "have" for t in self.under.get("auxiliary", ()))

    @property
    def before_past(self) -> bool:
        """Whether it is told as past for somebody in the past ("had left")."""
        return any(t.lower_ == "had" for t in self.under.get("auxiliary", ()))

    @property
    def wished(self) -> bool:
        """Whether it is wished and no more ("demanded that the men be freed", "insisted that the mayor resign")."""
        if "auxiliary" in self.under or not self.has_own_subject:
            return False
        helpers = self.under.get("passive auxiliary", ())
        if helpers:
            return any(t.lower_ == "be" for t in helpers)
        # "that the mayor resign": no present, which would have an ending beside one person or body
        one = any(t.tag_ in {"NN", "NNP"} for t in self.under.get("subject", ()))
        plain = self.word.tag_ == "VBP" and one and not self.word.lower_.endswith("s")
        return "clause marker" in self.under and (self.word.tag_ == "VB" or plain)

    @property
    def particles(self) -> frozenset[str]:
        """Its particles ("off" in "called off"), in lower case."""
        return frozenset(t.lower_ for t in self.under.get("particle", ()))

    @property
    def markers(self) -> frozenset[str]:
        """What opens it as a clause under another ("if", "that", "after"), in lower case."""
        return frozenset(t.lower_ for t in self.under.get("clause marker", ()))

    @property
    def definite(self) -> bool:
        """Whether a noun is one that is known or somebody's ("the march", "their march")."""
        return "possessor" in self.under or any(
            t.lower_ in {"the", "this", "that", "these", "those"} for t in self.under.get("determiner", ())
        )

    @property
    def preposition(self) -> Token | None:
        """The preposition that it stands behind ("in" for "hospital" in "remains in hospital")."""
        return self.governor if self.link == "preposition object" else None

    def after(self, *prepositions: str) -> tuple[Token, ...]:
        """The heads of the phrases behind its prepositions of these names ("at"), or of any; agents' "by" too."""
        about = self.behind("preposition", "agent", "indirect object")
        return tuple(noun for word, noun in about if not prepositions or word.lower_ in prepositions)

    def behind(self, *links: Link) -> tuple[tuple[Token, Token], ...]:
        """Each word that hangs on it by one of the links and brings in a phrase, with the head of that phrase."""
        return tuple((word, noun) for word in self.hung(*links) for noun in word.children if _is_object(noun))


def _is_object(noun: Token) -> bool:
    return noun.dep_ == "preposition object"


def clause_of(word: Token) -> Clause:
    """The clause of a word, read when it is first asked for and kept with its document."""
    kept: dict[int, Clause] = word.doc.user_data.setdefault(_KEPT, {})
    clause = kept.get(word.i)
    if clause is None:
        clause = kept[word.i] = language_of(word.doc).read_clause(word)
    return clause


def forget_clauses(doc: Doc) -> None:
    """Has a document keep no clauses: their words hold the document, so that its memory would not be given back."""
    doc.user_data.pop(_KEPT, None)
