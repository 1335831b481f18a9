"""How it is said: denied or certain, by whom, in which words that say the opposite, when, and of a man or a woman."""
