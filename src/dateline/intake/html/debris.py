"""What a web page or a wire adds to a report and nobody should code.

The patterns look at one short unit at a time; a longer unit is prose whatever it begins with. A pattern that a
sentence could open as well ("Designed by ...") counts only where the unit does not end as a sentence does.
"""

from __future__ import annotations

import re

from dateline.intake.html.lines import is_final
from dateline.lang.lexicon import words

LONGEST = 400
"""Characters above which a unit is prose."""


def _alternatives(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


_ANY_UNIT = _alternatives(
    # tags and topics
    r"(?:tags?|tagged(?: with| as| in)?|filed (?:under|in)|topics?|categor(?:y|ies)|keywords?|labels?|hashtags?"
    r"|in this (?:article|story)|related topics?)\s*(?:[:|#]|$)",
    # other reports
    r"(?:related|read(?: more| also| next)?|also read|see also|more from|recommended(?: for you)?|up next|watch(?: now"
    r"| live| more)?|listen(?: now)?|(?:previous|next) (?:article|story|post)|continue reading|keep reading"
    r"|related (?:articles?|stories|news|posts?|content|links?|coverage|topics?|videos?|photos?))"
    r"\s*(?:[:|»>→…]|\.\.\.|$)",
    r"(?:most (?:read|popular|viewed|shared)|trending(?: now)?|latest (?:news|stories|headlines)|more (?:stories|news"
    r"|coverage)|you (?:may|might) also (?:like|be interested in)|don[’']t miss|story continues below|article continues"
    r" (?:below|after)|read (?:more on|the full) [^.]{0,60})\W*$",
    r"(?:click|tap) here\b|read or share this story\b|join the conversation\b|stay up to date\b",
    # the reader's address, money and consent
    r"(?:sign up (?:for|to|here|now)|subscribe (?:to|now|here|today)|register (?:now|here|to (?:read|comment|continue))"
    r"|(?:log ?in|sign in) (?:to|or|with)|donate (?:now|here|today)|support us\b|become a (?:member|subscriber|patron)"
    r"|get (?:our|the latest)\b|download (?:our|the) app|enter your e-?mail|(?:follow|find|like|join) us (?:on|at|for)"
    r"|we use cookies|th(?:is|e) (?:web ?)?site uses cookies|accept(?: all)? cookies|manage (?:consent|preferences)"
    r"|by (?:using|continuing|clicking)[^.]{0,60}\b(?:cookies|privacy|terms))",
    r"(?:subscribe|sign up|sign in|log ?in|register|donate|follow us|advertise(?:ment|ments)?|sponsored(?: content)?"
    r"|promoted|cookie (?:policy|settings|notice)|privacy policy|terms (?:of|and) (?:use|service|conditions)"
    r"|xml sitemap|site ?map|about us|contact us|home|menu|loading|please wait|(?:please )?enable javascript"
    r"(?: to [^.]{0,40})?)\W*$",
    # rights
    r"©|\(c\)\s*(?:\d{4}|copyright)|copyright\s*(?:©|\(c\)|\d{4}|by\b|\W*$)|all rights reserved"
    r"|this material may not be\b",
    # who made the text
    r"\((?:additional )?(?:reporting|writing|compiled|edited|editing|translated|written) by\b",
    r"(?:additional )?(?:reporting|writing|editing) by [^.!?]*;",
    r"(?:posted|published|updated|last updated|first published|last modified|created)\b\s*(?:on|at|by|:)?\s*"
    r"[^.!?]{0,60}$",
    r"(?:\d+\s+)?(?:comments?|replies|views|shares|likes|votes)\s*(?:\(\d+\)|:\s*\d*)?\s*$",
    r"(?:skip|jump|back|go|return) to (?:main|content|navigation|top|home|search|the top)\b",
    r"(?:https?|ftp)://\S*$|www\.\S+$|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,64}[^.!?]{0,60}$",
    r"(?:-\s*)?(?:30|ends|end|more|mtf)(?:\s*-)?$",
)
_NO_SENTENCE = _alternatives(
    r"(?:powered|designed|developed|hosted) by\b",
    r"(?:additional )?(?:reporting|writing|compiled|edited|editing|translated|translation|written) by\b",
    r"(?:contact|write to|reach|e-?mail)\b.{0,60}@",
    r"https?\s+:\s+/|www\s+\.\s",
    r"(?:slug|word ?count|story id|usage|restrictions|embargo(?:ed)?)\s*:",
)
_STAMPED = re.compile(r"\b(?:posted|published|updated)\s*:\s*[^.!?]{5,60}\b\d{4}\b[^.!?]{0,30}$", re.IGNORECASE)
_ANYWHERE = _alternatives(
    r"\ball rights reserved\b",
    r"(?:©|\bcopyright)\s*(?:\(c\)|©)?\s*\d{4}\b",
    r"\bmay not be [^.]{0,30}(?:rewritten|redistributed)\b",
    r"\bsocial media (?:&|and) sharing icons\b",
    r"\bsubscribe to (?:our|the) (?:\w+ ){0,2}(?:newsletter|channel)\b",
    r"\bsign up (?:for|to) (?:our|the) (?:\w+ ){0,3}newsletter\b",
    r"\bcontributed to this (?:report|story|article|piece)\W*$",
    r"^this story is from \w+ \d{1,2}, \d{4}$",
    r"\bfollow (?:us|him|her|me|them) on (?:twitter|facebook|instagram)\b",
)
_ANYWHERE_HINTS = words("pages.notice_hints")

_SITES = words("pages.sharing_sites")
_SHARING = words("pages.sharing")
_STAMP_WORDS = words("pages.stamp_words")
_BYLINE = re.compile(r"(?:story |words |text )?by[ :]+(?=\S)", re.IGNORECASE)
_BYLINE_WORDS = words("pages.byline_words")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_STAMP_PART = re.compile(r"[^\W\d_]+|\d+")
_SEPARATOR = re.compile(r"\s*(?:[|»›→•·>]|::|//)\s*|\s{3,}|\t")
_HASHTAG = re.compile(r"[#@][\w.-]+,?")


def is_debris(text: str) -> bool:
    """Whether a unit is a tag list, a share bar, a notice, a byline, a time stamp, a menu or an ornament."""
    if len(text) > LONGEST:
        return False
    if not any(c.isalnum() for c in text):
        return True
    if _ANY_UNIT.match(text):
        return True
    lower = text.lower()
    if any(hint in lower for hint in _ANYWHERE_HINTS) and _ANYWHERE.search(text):
        return True
    if is_final(text) and not text.endswith("..."):
        return False
    return (
        _NO_SENTENCE.match(text) is not None
        or _STAMPED.search(text) is not None
        or _is_stamp(text)
        or _is_byline(text)
        or _is_share_bar(text)
        or _is_menu(text)
        or all(_HASHTAG.fullmatch(word) for word in text.split())
    )


def _is_stamp(text: str) -> bool:
    parts = _STAMP_PART.findall(text.lower())
    return (
        len(parts) <= 16
        and any(part.isdigit() for part in parts)
        and all(part.isdigit() or part in _STAMP_WORDS for part in parts)
        and any(part in _STAMP_WORDS or len(part) >= 4 for part in parts)
    )


def _is_byline(text: str) -> bool:
    opening = _BYLINE.match(text)
    if opening is None:
        return False
    words = _WORD.findall(text, opening.end())
    named = [word for word in words if word.lower() not in _BYLINE_WORDS]
    return bool(named) and len(words) <= 12 and all(word[0].isupper() for word in named)


def _is_share_bar(text: str) -> bool:
    words = [word.lower() for word in _WORD.findall(text)]
    return any(word in _SITES or word in ("share", "tweet") for word in words) and all(w in _SHARING for w in words)


def _is_menu(text: str) -> bool:
    parts = [part for part in _SEPARATOR.split(text) if part]
    return len(parts) >= 3 and all(len(part.split()) <= 4 for part in parts)
