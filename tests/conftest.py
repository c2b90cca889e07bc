"""What all tests share."""

from hypothesis import HealthCheck, settings

# Machines in CI are slow and shared; a law is judged by its examples, not by the clock.
settings.register_profile(
    "onetoone", deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=60
)
settings.load_profile("onetoone")
