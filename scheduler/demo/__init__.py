"""The sample organisation: made relative to a moment, the same for the same moment."""
