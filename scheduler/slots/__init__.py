"""A time for every series that is missing: `assign.assign` is the way in; `advice.advise` where two people ask.

request.py what is asked and answered · busy.py when a person is taken · grid.py time as bits ·
board.py everybody's bits · patterns.py the dates of a cadence · search.py and candidates.py the times
that break no hard rule · score.py which is nicer · table.py who moves over for whom · assign.py all of it ·
reasons.py, obstacles.py and words.py what is said about it.

advice.py what is told to two people: ranking.py and remarks.py the best times · picture.py their week ·
attempts.py, other_hours.py and moves.py what people could do where nothing fits, relaxations.py which of it
helps · local_times.py a time by both clocks.
"""
