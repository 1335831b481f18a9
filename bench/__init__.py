"""What is measured, never asserted: speed, memory and growth, beside other programs in the same run."""
