"""A story as a graph (GraphML): its articles, and how much text each two of them share."""

from collections.abc import Iterator

from app.exports.escaping import escaped
from app.exports.record import StoryExport

_OF_ARTICLES = ("title", "publisher", "author", "published_on", "address", "link", "revision")
_OF_RELATIONS = {
    "relation": "string",
    "resemblance": "double",
    "source_in_target": "double",
    "target_in_source": "double",
    "paragraphs_shared": "int",
    "quotations_shared": "int",
    "quotations_reworded": "int",
    "link": "string",
}


def graphml(export: StoryExport) -> bytes:
    """Return the graph; an edge says of its source how much of it is in its target, and the other way round."""
    return "".join(_graph(export)).encode()


def _graph(export: StoryExport) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for name in _OF_ARTICLES:
        yield f'<key id="n-{name}" for="node" attr.name="{name}" attr.type="string"/>\n'
    for name, kind in _OF_RELATIONS.items():
        yield f'<key id="e-{name}" for="edge" attr.name="{name}" attr.type="{kind}"/>\n'
    yield '<key id="g-title" for="graph" attr.name="title" attr.type="string"/>\n'
    yield '<key id="g-link" for="graph" attr.name="link" attr.type="string"/>\n'
    yield '<graph id="story" edgedefault="undirected">\n'
    yield f"{_data('g-title', export.title)}{_data('g-link', export.link)}\n"
    for article in export.articles:
        values = (
            *(article.title, article.publisher, article.author, article.published_on, article.url),
            *(article.link, str(article.number)),
        )
        data = "".join(
            _data(f"n-{name}", value) for name, value in zip(_OF_ARTICLES, values, strict=True) if value
        )
        yield f'<node id="{escaped(article.article)}">{data}</node>\n'
    for shared in export.relations:
        relation = shared.relation
        numbers = (
            *(relation.kind, relation.resemblance, relation.base_in_witness, relation.witness_in_base),
            *(relation.base_shared, relation.quotations, relation.reworded, shared.link),
        )
        data = "".join(
            _data(f"e-{name}", str(value)) for name, value in zip(_OF_RELATIONS, numbers, strict=True)
        )
        yield f'<edge source="{escaped(shared.base)}" target="{escaped(shared.witness)}">{data}</edge>\n'
    yield "</graph>\n</graphml>\n"


def _data(key: str, value: str) -> str:
    return f'<data key="{key}">{escaped(value)}</data>'
