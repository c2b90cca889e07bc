"""How Google really behaves, proved on a user's own account: `onetoone doctor --live`.

`run.py` goes through the checks, one file a subject; each says what it found in `finding.py`'s words. Everything is
done to one scratch series and one scratch document (`ground.py`), which bear marks of their own, are written down
before they exist (`journal.py`), and are removed at the end or by the next live check (`removal.py`).
"""
