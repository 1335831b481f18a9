"""Speed, memory and growth: measured, never asserted, next to other programs in the same run."""
