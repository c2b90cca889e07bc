"""onetoone: keeps managers and their reports meeting.

Open :mod:`scheduler.job` first: it tells the whole run from top to bottom.
"""

__version__ = "0.1.0"
