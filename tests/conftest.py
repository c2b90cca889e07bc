"""What all tests share."""

import os

from hypothesis import HealthCheck, settings

# Machines in CI are slow and shared; a law is judged by its examples, not by the clock. A gate gives the same
# answer twice: there the examples are always the same, while every run at a desk tries new ones.
settings.register_profile(
    "onetoone",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    max_examples=60,
    derandomize=os.environ.get("CI") == "true",
)
settings.load_profile("onetoone")
