"""What the cache of pages holds, by counts."""

from app.web.delivery.page_cache import ENTRY_BYTES, MAX_SHARE, KeptPage, PageCache, PageKey

PAGE_BYTES = 2 * ENTRY_BYTES
PAGES = 80


def key_of(path: str) -> PageKey:
    return PageKey(path, b"", "http://localhost", False, "")


def page_of_one_size() -> KeptPage:
    body = b"x" * (ENTRY_BYTES * 3 // 4)
    return KeptPage((1,), [], body, b'"tag"', is_own_tag=False, route="/")


def test_pages_asked_for_once_have_a_share_of_the_memory() -> None:
    cache = PageCache(PAGES * PAGE_BYTES)
    for number in range(10 * PAGES):
        cache.keep(key_of(f"/articles/{number}"), page_of_one_size())
    assert len(cache) == PAGES // MAX_SHARE
    assert cache.bytes == len(cache) * PAGE_BYTES


def test_a_page_asked_for_again_outlasts_any_number_of_new_ones() -> None:
    cache = PageCache(PAGES * PAGE_BYTES)
    library = page_of_one_size()
    cache.keep(key_of("/"), library)
    assert cache.get(key_of("/")) is library
    for number in range(10 * PAGES):
        cache.keep(key_of(f"/articles/{number}"), page_of_one_size())
    assert cache.get(key_of("/")) is library
    made_anew = page_of_one_size()
    cache.keep(key_of("/"), made_anew)
    for number in range(10 * PAGES):
        cache.keep(key_of(f"/articles/{number}"), page_of_one_size())
    assert cache.get(key_of("/")) is made_anew


def test_pages_asked_for_again_take_all_of_the_memory_and_no_more() -> None:
    cache = PageCache(PAGES * PAGE_BYTES)
    for number in range(2 * PAGES):
        cache.keep(key_of(f"/articles/{number}"), page_of_one_size())
        cache.get(key_of(f"/articles/{number}"))
    assert (len(cache), cache.bytes) == (PAGES, PAGES * PAGE_BYTES)
    assert cache.get(key_of(f"/articles/{2 * PAGES - 1}")) is not None
    assert cache.get(key_of("/articles/0")) is None


def test_a_dropped_page_takes_nothing() -> None:
    cache = PageCache(PAGES * PAGE_BYTES)
    for path in ("/", "/story"):
        cache.keep(key_of(path), page_of_one_size())
    cache.get(key_of("/"))
    for path in ("/", "/story", "/unknown"):
        cache.drop(key_of(path))
    assert (len(cache), cache.bytes) == (0, 0)
