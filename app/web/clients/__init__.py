"""Who counts as one client, and how much each has done: counted over all serving processes."""
