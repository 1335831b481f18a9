// Going from place to place in the text, by the address's fragment, so that :target shows where one is.

/** The one of `elements` that the address names or that holds what it names, else undefined. */
export function current(elements) {
  const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
  return target ? elements.find((element) => element === target) : undefined;
}

/** The next of `elements` in `direction` (1 or -1) from where the reader is, else undefined. */
export function step(elements, direction) {
  const here = current(elements);
  if (here) return elements[elements.indexOf(here) + direction];
  const anchor = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
  const follows = (element) =>
    anchor
      ? Boolean(anchor.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING)
      : element.getBoundingClientRect().top > 0;
  return direction > 0 ? elements.find(follows) : elements.findLast((element) => !follows(element));
}

/** Shows `element` and moves the keyboard's focus to it; the way back in the history stays as short as it was. */
export function goTo(element) {
  location.replace(`#${element.id}`);
  element.focus({ preventScroll: true });
}
