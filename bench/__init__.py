"""Speed, memory and growth: measured, never asserted, beside other programs in the same run."""
