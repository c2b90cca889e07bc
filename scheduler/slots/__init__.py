"""A time for every series that is missing: `assign.assign` is the way in.

request.py what is asked and answered · busy.py when a person is taken · grid.py time as bits ·
board.py everybody's bits · patterns.py the dates of a cadence · search.py and candidates.py the times
that break no hard rule · score.py which is nicer · table.py who moves over for whom · assign.py all of it ·
reasons.py, obstacles.py and words.py what is said about it.
"""
