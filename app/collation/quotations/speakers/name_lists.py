"""English words in and around the names of people: titles, given names, and words that are never part of one."""

from app.collation.lexicon import words

MALE_TITLES = words("titles_and_roles", "male_title")
FEMALE_TITLES = words("titles_and_roles", "female_title")

TITLES = words("titles_and_roles", "title")
"""Words that come before a name and are not part of it."""

MALE_ROLES = words("titles_and_roles", "male_role")
FEMALE_ROLES = words("titles_and_roles", "female_role")

MALE = words("given_names", "male")
FEMALE = words("given_names", "female")

PARTICLES = words("name_parts", "particle")
"""Small words inside a name."""

SUFFIXES = words("name_parts", "suffix")
"""Jr., III: what follows a name and tells two bearers apart."""

BODIES = words("bodies", "before_name")
"""Words after which a name is that of a body, a place or a work: the newspaper O Farol."""

NOT_PEOPLE = words("bodies", "in_name")
"""Words in the names of places, bodies, papers and laws, and in no person's. (Surnames among them are lost.)"""
