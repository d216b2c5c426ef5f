"""What a careful reader takes from each sample report, written by hand before the coder ever saw one.

An expectation is matched by words, not by ids: the trigger of an event must touch the words ``near``. Types, places,
actors and speakers may name alternatives with ``|`` where two readings are defensible. A field left out is not
checked. What is written here is what should be found, not what is found: the misses are kept in
``snapshots/expectations.txt``.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Event:
    """An event that must be there. ``says`` is somebody on its chain of attributions besides the publisher."""

    type: str
    near: str
    place: str | None = None
    date: str | None = None
    modality: str | None = None
    historical: bool | None = None
    actor: str | None = None
    says: str | None = None


@dataclass(frozen=True)
class Number:
    """A figure that must be there with its speaker."""

    kind: str
    figure: int
    says: str | None = None


@dataclass(frozen=True)
class Absent:
    """No event of ``type`` (``*``: any) may rest on words near here as asserted fact, or at all with ``at_all``."""

    type: str
    near: str
    at_all: bool = False


@dataclass(frozen=True)
class Sample:
    """Everything expected of one report. ``never_places`` are names that no event may be placed at.

    ``false`` was written afterwards, on reading every sentence that was made of the report: those that are false. They
    are on record like the misses, and count in no share.
    """

    events: tuple[Event, ...]
    speakers: tuple[str, ...]
    numbers: tuple[Number, ...] = ()
    absent: tuple[Absent, ...] = ()
    never_places: tuple[str, ...] = ()
    never_dates: tuple[str, ...] = ()
    two_spellings: tuple[str, ...] = ()
    false: tuple[Absent, ...] = ()


def _each(type: str, near: str, places: str, **more: str) -> tuple[Event, ...]:
    return tuple(Event(type, near, place=place.strip(), **more) for place in places.split(","))


SAMPLES: dict[str, Sample] = {
    "taksim-state": Sample(
        events=(
            Event("ASSAULT|PROTEST", "threw stones", place="Istanbul", actor="Extremist groups"),
            Event("RETREAT", "pulled out of Taksim Square", place="Istanbul|Taksim", date="2013-06-01"),
            Event("COERCE", "939 people had been detained", says="Güler"),
            Event("RETREAT", "already been released", says="Güler|he"),
        ),
        speakers=("Muammer Güler", "Recep Tayyip Erdoğan", "shopkeeper"),
        numbers=(Number("arrested", 939, "Güler"), Number("injured", 26), Number("injured", 53)),
        absent=(Absent("*", "demolished in 1940"), Absent("*", "Everywhere is Taksim", at_all=True)),
    ),
    "taksim-opposition": Sample(
        events=(
            Event("ASSAULT|COERCE", "stormed Gezi Park", place="Istanbul|Gezi", date="2013-05-31", actor="police"),
            Event("ASSAULT", "fired tear gas"),
            Event("ASSAULT", "burned the protesters", date="2013-05-30", actor="municipal officers"),
            Event("ASSAULT", "burned our tents", says="student|she"),
            Event("ASSAULT", "beat the people", says="student|she"),
            Event("RETREAT", "withdrew from Taksim Square", date="2013-06-01"),
            *_each("PROTEST", "Solidarity protests", "Ankara, zmir, Bursa, Eski, Antalya", date="2013-06-01"),
            Event("REQUEST", "demanded that the park", actor="Taksim Solidarity Platform"),
            Event("ASSAULT", "gunmen opened fire", date="1977-05-01", historical=True),
        ),
        speakers=("student", "Amnesty International", "Taksim Solidarity Platform", "Recep Tayyip Erdoğan"),
        numbers=(Number("killed", 2, "Amnesty International"), Number("injured", 1000, "Amnesty International")),
        absent=(Absent("*", "Everywhere is Taksim", at_all=True),),
        false=(Absent("PROTEST", "was shouting"),),
    ),
    "hong-kong-state": Sample(
        events=(
            Event("CONCEDE", "apologised on Sunday", date="2019-06-16", actor="Carrie Lam"),
            Event("PROTEST", "held another march", place="Hong Kong", date="2019-06-16", actor="Opposition groups"),
            Event("ASSAULT", "attacked the police", date="2019-06-12", actor="Radical elements"),
            Event("PROTEST|ASSAULT", "hurled bricks", modality="asserted"),
            Event("COERCE", "11 people were arrested", says="police"),
        ),
        speakers=("spokesman", "Hong Kong police", "Stephen Lo", "retired civil servant"),
        numbers=(Number("participants", 338000, "police"), Number("injured", 22, "police")),
        absent=(Absent("ACCUSE", "charged police lines", at_all=True),),
        never_places=("Beijing",),
        false=(
            Absent("ACCUSE", "was an exaggeration"),
            Absent("ACCUSE", "charged police lines"),
            Absent("ACCUSE", "were misled"),
        ),
    ),
    "hong-kong-opposition": Sample(
        events=(
            Event("PROTEST", "dressed in black marched", place="Hong Kong", date="2019-06-16"),
            Event("ASSAULT", "fired tear gas", date="2019-06-12", actor="Riot police"),
            Event("CONCEDE", "apologised in a written statement", date="2019-06-16"),
            Event("RETREAT", "did not resign", modality="negated"),
            Event("ACCUSE", "accused the police", actor="Civil Human Rights Front"),
            Event("RETREAT", "released from prison", date="2019-06-17"),
            Event("REQUEST", "urged her to step down", actor="Joshua Wong"),
        ),
        speakers=("nurse", "Civil Human Rights Front", "Hospital Authority", "Joshua Wong"),
        numbers=(
            Number("participants", 2000000, "Civil Human Rights Front"),
            Number("participants", 338000, "police"),
            Number("injured", 72, "Hospital Authority"),
        ),
        absent=(
            Absent("ASSAULT", "fell from scaffolding", at_all=True),
            Absent("PROTEST", "79-day Umbrella Movement"),
            Absent("PROTEST", "called it ‘a riot’"),
        ),
    ),
    "khartoum-state": Sample(
        events=(
            Event("ASSAULT|COERCE", "denied that its forces had dispersed", modality="negated"),
            Event("ASSAULT", "Nobody attacked", modality="negated", says="officer"),
        ),
        speakers=(
            "Ministry of Health",
            "Suleiman Abdul Jabbar",
            "Shams al-Din Kabbashi",
            "Kabashi",
            "officer",
            "Burhan",
        ),
        numbers=(Number("killed", 46, "Ministry of Health"),),
        absent=(Absent("*", "elections would be held"),),
        never_places=("Colombia", "British Columbia"),
        two_spellings=("Kabbashi", "Kabashi"),
        false=(Absent("ACCUSE", "it would investigate"),),
    ),
    "khartoum-opposition": Sample(
        events=(
            Event("ASSAULT", "attacked the peaceful sit-in", place="Khartoum", date="2019-06-03", actor="militias"),
            Event("ASSAULT", "opened fire on unarmed"),
            Event("ASSAULT", "beat those who"),
            Event("ASSAULT", "martyrs had been killed", says="Central Committee"),
            Event("ACCUSE", "accused the council", actor="Sudanese Professionals Association|It"),
            Event("REJECT", "rejected the offer"),
        ),
        speakers=(
            "Central Committee of Sudanese Doctors",
            "volunteer",
            "Kabbashi",
            "Sudanese Professionals Association",
        ),
        numbers=(Number("killed", 100, "Central Committee"),),
        absent=(
            Absent("ASSAULT", "nobody attacked the sit-in"),
            Absent("PROTEST", "civil disobedience and a general strike"),
        ),
        never_places=("Colombia", "British Columbia"),
        false=(Absent("REJECT", "deny everything"),),
    ),
    "kunduz-wire": Sample(
        events=(
            Event("RETREAT", "withdrew from the Afghan city", place="Kunduz", date="2015-10-04"),
            Event("ASSAULT", "an airstrike destroyed its hospital", place="Kunduz", date="2015-10-03"),
            Event("ASSAULT", "were killed in the bombing", date="2015-10-03", says="aid group"),
            Event("ASSAULT", "had conducted an airstrike", place="Kunduz", date="2015-10-03", says="Brian Tribus"),
            Event("REQUEST|ACCUSE", "demanded an investigation"),
            Event("ASSAULT|COERCE", "fighters seized Kunduz", place="Kunduz", date="2015-09-28", actor="Taliban"),
        ),
        speakers=("Brian Tribus", "Sediq Sediqqi", "aid group", "Ra'ad al-Hussein"),
        numbers=(Number("killed", 22), Number("injured", 37, "aid group")),
        absent=(Absent("COERCE", "the raids went on"),),
        never_places=("Washington",),
    ),
    "marikana-anniversary": Sample(
        events=(
            Event("ASSAULT", "shot dead 34 strikers", place="Marikana", date="2012-08-16", actor="police"),
            Event("CONCEDE", "apologised to the families", actor="Ben Magara"),
            Event("COERCE", "259 were arrested", says="police"),
            Event("ACCUSE", "is investigating", actor="commission"),
            Event("ASSAULT", "deny that the strikers attacked", modality="negated", says="Lawyers"),
            Event("AGREE|SUPPORT|COOPERATE", "signed an agreement", date="2013-08-14", actor="Lonmin"),
        ),
        speakers=("widow", "police", "Lawyers for the miners"),
        numbers=(Number("killed", 34), Number("injured", 78, "police"), Number("arrested", 259, "police")),
        absent=(Absent("ASSAULT", "shot dead 34 strikers"), Absent("ASSAULT", "10 people had been killed")),
        never_places=("Eastern Cape",),
        false=(Absent("SUPPORT", "organised the commemoration"),),
    ),
    "lekki-local": Sample(
        events=(
            Event("ASSAULT", "Soldiers opened fire", place="Lagos|Lekki", date="2020-10-20", says="Amnesty"),
            Event("PROTEST", "protesting against police brutality", place="Lagos|Lekki"),
            Event("COERCE", "imposed a curfew", date="2020-10-20", actor="He|Sanwo-Olu"),
            Event("ASSAULT|PROTEST", "set fire to a television", place="Lagos", date="2020-10-21", says="residents"),
            Event("REQUEST", "urged the young protesters", date="2020-10-22"),
        ),
        speakers=("Amnesty International", "Nigerian Army", "Babajide Sanwo-Olu", "protester", "residents"),
        numbers=(
            Number("killed", 12, "rights group|Amnesty"),
            Number("injured", 25, "Sanwo-Olu"),
            Number("killed", 1, "Sanwo-Olu"),
        ),
        absent=(Absent("ASSAULT", "rejected reports of a shooting"), Absent("ASSAULT", "did not mention the shooting")),
        false=(Absent("COERCE", "the government dissolved"),),
    ),
    "delhi-farmers": Sample(
        events=(
            Event("PROTEST", "Farmers who are protesting"),
            Event("ASSAULT", "fired tear gas shells", place="Delhi|Red Fort", date="2021-01-26", actor="Policemen"),
            Event("ACCUSE", "accused the police of beating", actor="Farm leaders"),
            *_each("COERCE", "suspended internet", "Singhu, Ghazipur, Tikri, Mukarba, Nangloi", date="2021-01-26"),
            Event("PROTEST", "foot march to Parliament", modality="planned"),
        ),
        speakers=("Delhi Police", "farmer", "Other protesters"),
        numbers=(Number("injured", 300, "Delhi Police"),),
        absent=(
            Absent("ASSAULT", "killed when his tractor overturned", at_all=True),
            Absent("PROTEST", "called off the rally"),
        ),
        never_places=("Punjab",),
    ),
    "minsk-state": Sample(
        events=(
            Event("PROTEST|SUPPORT", "A rally in support", place="Minsk|Independence", date="2020-08-16"),
            Event("MOBILIZE", "had been deployed", says="Lukashenko|He"),
            Event("COERCE", "3,000 people were detained", says="ministry"),
        ),
        speakers=("Interior Ministry", "Lukashenko", "woman", "Central Election Commission"),
        numbers=(
            Number("participants", 65000, "Interior Ministry"),
            Number("arrested", 3000, "ministry"),
            Number("injured", 39, "ministry"),
        ),
        absent=(Absent("*", "want to burn our house"), Absent("MOBILIZE", "denied that there was any build-up")),
        never_places=("Gomel",),
    ),
    "minsk-opposition": Sample(
        events=(
            Event("PROTEST", "marched to the Hero City Obelisk", place="Minsk"),
            Event("ASSAULT", "beat us until midnight", says="worker"),
            Event("REQUEST", "demanded the release"),
            Event("COERCE", "6,700 people were detained", says="Interior Ministry"),
            Event("ASSAULT", "had been tortured", says="Viasna"),
            *_each(
                "PROTEST|THREATEN",
                "plan to go on strike",
                "Minsk, Grodno|Hrodna, Soligorsk|Salihorsk",
                modality="planned",
            ),
        ),
        speakers=("worker", "Viasna Human Rights Centre", "Interior Ministry", "Kremlin"),
        numbers=(
            Number("participants", 200000),
            Number("participants", 65000, "Interior Ministry"),
            Number("arrested", 6700, "Interior Ministry"),
        ),
        never_dates=("20",),
        never_places=("Lithuania",),
        false=(Absent("COERCE", "stole"),),
    ),
    "london-march": Sample(
        events=(
            Event("PROTEST", "marched through London", place="London", date="2003-02-15"),
            Event("PROTEST", "protested outside", place="Glasgow"),
            *_each("PROTEST", "Marches were held", "Rome, Madrid, Berlin, Paris, Dublin, Barcelona", date="2003-02-15"),
        ),
        speakers=("Metropolitan Police", "Stop the War Coalition", "Tony Blair", "teacher"),
        numbers=(
            Number("participants", 750000, "Metropolitan Police"),
            Number("participants", 2000000, "Stop the War Coalition"),
        ),
        absent=(Absent("PROTEST", "poll tax riots"), Absent("PROTEST", "call for strikes")),
        never_places=("Iraq", "Northern Ireland", "Leeds", "Britain"),
        never_dates=("1999",),
        false=(
            Absent("ASSAULT", "against a war"),
            Absent("CONSULT", "conference"),
        ),
    ),
    "hong-kong-wire": Sample(
        events=(
            Event("PROTEST", "people marched in Hong Kong", place="Hong Kong", date="2019-06-16"),
            Event("CONCEDE", "apologised in a statement", date="2019-06-16"),
            Event("ASSAULT", "Police fired tear gas", date="2019-06-12", actor="Police"),
            Event("ASSAULT|PROTEST", "threw bottles and bricks"),
            Event("ACCUSE", "accused the police", actor="Rights groups"),
        ),
        speakers=("organisers", "police", "accountant", "Hospital Authority"),
        numbers=(
            Number("participants", 2000000, "organisers"),
            Number("participants", 338000, "police"),
            Number("injured", 72, "Hospital Authority"),
        ),
        absent=(Absent("PROTEST", "protests of 2014"), Absent("COERCE", "allow extraditions")),
        never_places=("mainland",),
        false=(Absent("CONCEDE", "would be withdrawn"),),
    ),
    "khartoum-wire": Sample(
        events=(
            Event("SANCTION|COERCE", "suspended Sudan", date="2019-06-06", actor="African Union"),
            Event("COERCE|ASSAULT", "broke up a sit-in", date="2019-06-03", actor="security forces"),
            Event("ASSAULT", "had been killed since Monday", says="Central Committee"),
            Event("ASSAULT|COERCE", "led the raid", place="Khartoum", says="Witnesses"),
            Event("CONSULT|AGREE", "to mediate between", modality="planned"),
        ),
        speakers=("Central Committee of Sudanese Doctors", "Health Ministry", "Witnesses", "one of them", "diplomats"),
        numbers=(Number("killed", 108, "Central Committee"), Number("killed", 46, "Health Ministry")),
        absent=(
            Absent("COERCE", "denied that it ordered the sit-in to be dispersed"),
            Absent("ACCUSE", "would have condemned"),
        ),
        never_places=("Ethiopia",),
        false=(
            Absent("PROTEST", "they shouted"),
            Absent("REQUEST", "it ordered"),
            Absent("AGREE", "to mediate"),
            Absent("ACCUSE", "have condemned"),
        ),
    ),
    "myanmar-wire": Sample(
        events=(
            Event("ASSAULT", "fired on crowds", place="Myanmar", date="2021-02-28", actor="Police"),
            Event("PROTEST", "fired on crowds protesting"),
            *_each("ASSAULT", "live rounds were fired", "Yangon, Dawei, Mandalay, Myeik, Bago, Pakokku", says="office"),
            Event("COERCE", "470 people were arrested", date="2021-02-27", says="State television"),
            Event("ACCUSE", "condemned the violence", actor="Ravina Shamdasani|spokeswoman"),
            Event("ASSAULT", "crushed the uprising", date="1988", historical=True, actor="army"),
        ),
        speakers=("human rights office", "Ravina Shamdasani", "State television", "student", "owner"),
        numbers=(
            Number("killed", 18, "human rights office"),
            Number("injured", 30, "human rights office"),
            Number("arrested", 470, "State television"),
        ),
    ),
    "santiago-wire": Sample(
        events=(
            Event("PROTEST", "marched in Santiago", place="Santiago", date="2019-10-25"),
            Event("ACCUSE", "accused soldiers", actor="National Human Rights Institute"),
            Event("MOBILIZE", "sent troops", actor="Piñera"),
            Event("CONCEDE", "apologised on Tuesday", date="2019-10-22", actor="Piñera"),
            Event("PROTEST", "blocked roads", date="2019-10-25", actor="drivers"),
        ),
        speakers=("Karla Rubilar", "Carabineros", "the government", "National Human Rights Institute"),
        numbers=(
            Number("participants", 1000000, "Karla Rubilar"),
            Number("participants", 820000, "Carabineros"),
            Number("killed", 19, "government"),
        ),
        absent=(Absent("*", "Chile woke up", at_all=True),),
        false=(Absent("ACCUSE", "would be investigated"),),
    ),
}
