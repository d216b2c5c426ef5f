"""What police did, sentence by sentence: KILL, ARREST, FORCE, FAIL and ANY_ACTION.

KILL, ARREST and FORCE are read off the coded mentions, with a few words of the Indian press that name such an act by
themselves. ANY_ACTION and FAIL are wider than any event type: they are read off the verbs whose doer is the police and
a list of phrases, and say little of the coder.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from dateline.coder.events import Mention, find_mentions
from dateline.coder.parse import Parse, parse_many
from dateline.coder.roles_voice import agents, is_passive, subjects

if TYPE_CHECKING:
    from spacy.tokens import Token

    from benchmarks.tools import Record, Tools

INPUTS = {"id": None, "published": None, "text": None, "sentences": {"text": None, "start": None, "end": None}}

POLICE = frozenset(
    "police policeman policemen policewoman cop cops constable constables inspector sub-inspector ssp dsp dgp dig igp "
    "acp dcp sho crpf bsf raf rpf grp srp srpf pac itbp cisf jawan jawans paramilitary para-military superintendent "
    "sog stf patrol trooper troops army sleuth sleuths ips".split()
)
SECURITY = frozenset("security police paramilitary para-military enforcement special armed".split())
"""Words that make forces, officers and personnel the police's."""
AT_WORK = frozenset("curfew alert vigil custody fir patrolling crackdown".split())
"""Words that tell of police at work where no verb does."""
FORCE_WORDS = frozenset(
    "lathi lathis lathicharge lathi-charge baton cane canecharge cane-charge teargas tear-gas teargassed rubber".split()
)
HELD_WORDS = frozenset("custody remand remanded nabbed lockup".split())
PLACE_WORDS = frozenset("station headquarters chowki post lines line".split())
FAILING = frozenset("fail refuse ignore neglect decline".split())
IDLE = (
    *(
        "mute spectator",
        "silent spectator",
        "mere spectator",
        "helpless spectator",
        "stood by",
        "stand by",
        "did nothing",
    ),
    *(
        "looked the other way",
        "look the other way",
        "inaction",
        "no action",
        "not act",
        "passive",
        "turned a blind eye",
    ),
    *("did not come", "never came", "not arrive", "did not respond", "not respond", "no help", "standing by"),
    *("complicit", "connivance", "in collusion", "did not do anything", "unable to control", "failed to"),
    *("failure of the police", "police failure", "despite the police", "looking helpless", "onlookers"),
)
SECURITY_WORK = frozenset("arrangements forces force personnel agencies cover measures".split())


def predict(records: Iterable[Record], tools: Tools) -> Iterator[dict[str, Any]]:
    """The labels of every sentence."""
    kept = list(records)
    parses = parse_many((tools.report(record) for record in kept), tools.coder.nlp)
    for record, parse in zip(kept, parses, strict=True):
        mentions = find_mentions(parse, tools.coder.codebook).mentions
        yield {"id": record["id"], "sentences": [_labels(parse, mentions, s) for s in record["sentences"]]}


def _labels(parse: Parse, mentions: Iterable[Mention], sentence: Record) -> list[str]:
    start, end = sentence["start"], sentence["end"]
    tokens = [t for t in parse.doc if start <= t.idx < end]
    text = sentence["text"].lower()
    here = [m for m in mentions if start <= m.trigger.start < end and m.modality not in {"hypothetical", "planned"}]
    labels: set[str] = {"ARREST"} if any(t.lower_ in HELD_WORDS for t in tokens) else set()
    by_police = _police_fires(tokens)
    for mention in here:
        if mention.modality == "negated":
            continue
        police = any(_names_police(span.quote) for span in mention.actors)
        nobody = not mention.actors
        if mention.type == "COERCE" and mention.mode == "arrest" and (police or nobody):
            labels.add("ARREST")
        if mention.type == "ASSAULT" and (police or (nobody and by_police)):
            labels.add("FORCE")
            if any(c.kind == "killed" for c in mention.counts) or mention.root.lemma_.lower() in {"kill", "shoot"}:
                labels.add("KILL")
        if mention.mode == "crowd-control" and (police or nobody):
            labels.add("FORCE")
        if mention.type in {"COERCE", "MOBILIZE"} and police:
            labels.add("ANY_ACTION")
    if by_police:
        labels.add("FORCE")
        if any(w in text for w in ("killed", "died", "dead", "death", "fell to police")):
            labels.add("KILL")
    if any(t.lower_ in FORCE_WORDS for t in tokens):
        labels.add("FORCE")
    acts = list(_police_acts(tokens))
    if "police" in text and any(phrase in text for phrase in IDLE):
        labels.add("FAIL")
    if any(v.lemma_.lower() in FAILING for v in acts):
        labels.add("FAIL")
    if labels - {"FAIL"} or acts or _at_work(tokens):
        labels.add("ANY_ACTION")
    return sorted(labels)


def _names_police(words: str) -> bool:
    """Whether the words of a participant are the police."""
    return any(w.strip(".,()'\"") in POLICE for w in words.lower().split())


def _is_police(token: Token) -> bool:
    beside = {c.lower_ for c in token.children if c.dep_ in {"compound", "nmod", "amod"}}
    if token.lower_ not in POLICE and not beside & (POLICE | SECURITY):
        return False
    return token.lower_ not in PLACE_WORDS and token.lower_ not in {"firing", "action", "protection"}


def _police_acts(tokens: list[Token]) -> Iterator[Token]:
    """The verbs whose doer is the police."""
    for token in tokens:
        if token.pos_ == "VERB":
            doers = agents(token) if is_passive(token) else subjects(token)
            if any(_is_police(t) for t in doers):
                yield token


def _at_work(tokens: list[Token]) -> bool:
    """Whether the sentence has the police in it (not only their building), or a word of their work."""
    words = [t.lower_ for t in tokens]
    following = [*words, ""][1:]
    return any(
        (word in POLICE and after not in PLACE_WORDS)
        or word in AT_WORK
        or (word == "security" and after in SECURITY_WORK)
        for word, after in zip(words, following, strict=True)
    )


def _police_fires(tokens: list[Token]) -> bool:
    """Whether police fired: "police firing", "police opened fire", "police bullets"."""
    words = [t.lower_ for t in tokens]
    near = {"firing", "fire", "fired", "bullets", "bullet", "shot", "firings"}
    return any(
        w == "police" and near & set(words[i + 1 : i + 5]) and "brigade" not in words for i, w in enumerate(words)
    )
