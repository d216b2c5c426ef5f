"""Which of the event words that people marked in reports tell of one event: measured here, no part of dateline.

A project's events are linked from codings, with their types, days and places. This asks how far words alone go, for any
number of reports, within and across them:

1. Reports that may tell of one story are grouped by their words, weighed by how rare they are among the reports given;
   names and numbers count double, since two stories of one kind share everything but these.
2. Within a group each pair of words is judged by what a person would look at: the lemmas, their form and their meanings
   in WordNet; who and what hangs on each in its sentence (a "he" stands for the person named last); names, places, days
   and numbers beside it; how alike the reports are; how often the word is told of; and the encoder's vectors of the
   word and its sentence, turned so that they are near where the event is one. Trees fitted on annotated news make a
   chance of it.
3. Each pair is judged again with the chances of all others at hand: two words that go with the same third ones are one
   event sooner.
4. Words are joined by average link while the mean chance is high enough. The order of what is given changes nothing.

What is one event here depends on the reports given together, unlike a coding. Where one kind of event has two stories
with the same people (two games of one team in a week), they are merged too often; where one event is told in words that
have little in common, it is torn apart.

The task is that of ECB+ (Cybulska and Vossen, "Using a sledgehammer to crack a nut? Lexical diversity and event
coreference resolution", 2014); the trees are boosted (Friedman 2001). ``coreference.npz`` holds what
``training/coreference.py`` fitted, ``senses.npz`` the meanings that ``training/senses.py`` took from WordNet.
"""
