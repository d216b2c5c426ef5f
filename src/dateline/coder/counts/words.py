"""The words that say what happened to the people whom a number counts."""

from __future__ import annotations

from dateline.lang.words import word_set
from dateline.model import CountKind

KILL_VERBS = word_set("kill murder slay assassinate execute behead lynch electrocute gun burn-alive")
DIE_VERBS = word_set("die perish succumb")
INJURE_VERBS = word_set("injure wound hurt maim hospitalise hospitalize")
ARREST_VERBS = word_set("arrest detain apprehend nab jail imprison")
DISPLACE_VERBS = word_set("displace evacuate uproot")
GATHER_VERBS = word_set(
    "gather march protest demonstrate rally attend assemble participate converge flock picket strike parade join"
)
VERB_KINDS: dict[str, tuple[CountKind, bool]] = {
    **dict.fromkeys(KILL_VERBS, ("killed", True)),
    **dict.fromkeys(DIE_VERBS, ("killed", False)),
    **dict.fromkeys(INJURE_VERBS, ("injured", True)),
    **dict.fromkeys(ARREST_VERBS, ("arrested", True)),
    **dict.fromkeys(DISPLACE_VERBS, ("displaced", True)),
    **dict.fromkeys(GATHER_VERBS, ("participants", False)),
    "flee": ("displaced", False),
    "disappear": ("missing", False),
    "vanish": ("missing", False),
}
"""Lemma of a verb: what its object (True) or its subject (False) is counted as."""
STATE_WORDS: dict[str, CountKind] = {
    "dead": "killed",
    "deceased": "killed",
    "killed": "killed",
    "slain": "killed",
    "injured": "injured",
    "wounded": "injured",
    "hurt": "injured",
    "hospitalized": "injured",
    "hospitalised": "injured",
    "arrested": "arrested",
    "detained": "arrested",
    "missing": "missing",
    "displaced": "displaced",
    "homeless": "displaced",
}
OTHER_CAUSES = word_set(
    "crash wreck collision accident fire blaze flood earthquake storm tornado hurricane overdose drowning fall cancer"
)
"""What kills and hurts without anybody's attack."""
NOUN_KINDS: dict[str, CountKind] = {
    "death": "killed",
    "fatality": "killed",
    "killing": "killed",
    "murder": "killed",
    "toll": "killed",
    "injury": "injured",
    "arrest": "arrested",
    "detention": "arrested",
}
CROWDS = word_set("crowd rally march demonstration protest gathering procession sit-in vigil strike")
GROUP_NUMBERS = word_set("rest majority minority half quarter third percent cent")
NOT_PEOPLE = word_set(
    "year month week day hour minute second percent cent per mile km kilometre kilometer metre meter foot pound dollar "
    "rupee rs round shot time vehicle car house home village town city shop bus floor gun gunshot bullet charge count "
    "y.o yo yr yrs"
)
SUFFERING = word_set("suffer sustain receive survive")
WOUNDS = word_set("wound injury burn fracture gunshot graze cut")
DEADLY = word_set(
    "dead died dies die killed kill kills killing fatally fatal death deadly murder murdered homicide slain"
)
ALIVE = word_set(
    "hospital hospitalized hospitalised condition stable survive survived recover recovering treated treatment surgery "
    "leg legs arm arms foot hand shoulder thigh knee ankle toe calf hip buttock buttocks backside wrist finger elbow "
    "cheek groin ear non-life-threatening life-threatening injuries wounded critical unresponsive recover"
)
"""Where words of these and none of death stand near, somebody who was shot is somebody who was hurt."""
DEATHS = DEADLY | word_set(
    "succumb succumbed succumbs deceased fatality fatalities deaths killings slaying suicide body"
)
"""Where a whole report has none of these, whoever was shot in it lives."""
ATTEMPTED = frozenset({"attempted", "attempt"})
BODY = word_set(
    "leg arm foot hand shoulder thigh knee ankle toe calf hip buttock backside wrist finger elbow cheek groin head "
    "chest back face neck stomach abdomen torso eye side"
)
LIMBS = word_set(
    "leg arm foot hand shoulder thigh knee ankle toe calf hip buttock backside wrist finger elbow groin ear cheek"
)
"""Parts of the body where a wound is seldom deadly."""
HOSPITALS = word_set("hospital hospitals clinic infirmary")
HOSPITAL_VERBS = word_set("drive take rush bring carry transport fly airlift send land admit")
LOOKED_AT = word_set("observation evaluation evaluated precaution precautionary shock")
"""Who goes to a hospital for this is not said to be hurt."""
FINDING = word_set("find discover recover see locate retrieve identify")
STRIKING = word_set("strike hit graze")
SURVIVING = word_set("survive recover live")
CONDITIONS = word_set("critical serious grave stable fair good guarded poor satisfactory")
PERSONS = word_set("male female juvenile individual other")
ANYBODY = word_set("people person victim other individual resident civilian")
"""Words for people of every kind, of whom a list may follow that tells the kinds."""
ORDINALS = word_set("second third fourth fifth sixth seventh eighth ninth tenth")
"""Nouns for one person where harm is told, beside the nouns that name who acts."""
HOUSEHOLDS = word_set("family household")
"""Counted by the report, and no number of people."""
MISSILES = word_set("bullet gunfire gunshot shot round pellet shrapnel fragment shotgun knife projectile")
PARENTS = word_set("mother father parent grandmother grandfather mom dad widow")
NEXT_WORDS = 40
DYING = word_set("died dies dead succumbed deceased passed fatal")
FATALLY = frozenset({"fatally", "mortally"})
FATAL = word_set("fatal deadly mortal lethal")
ATTACK_NOUNS = word_set("shooting stabbing beating attack ambush slaying homicide murder killing")
TIMES = {"double": 2, "triple": 3, "quadruple": 4, "quintuple": 5, "sextuple": 6}
PHRASE_VERBS = HOSPITAL_VERBS | word_set("force lose claim draw attract round turn put treat commit pass fight cling")
SMALL_GROUP = 20
"""Larger groups in a list are told apart by the report, and stay apart; smaller ones are added up."""
NEAR = 4
"""Words between a number and the word that says what it counts, where the parse does not tell."""
