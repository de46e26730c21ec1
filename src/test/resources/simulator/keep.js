const known = new WeakMap();
const STOPS = 'button, a[href], input, select';

/**
 * Makes a list's children the wanted ones, each { key, look, build }. A child whose look is the same stays as it is:
 * focus, open menus and what a screen reader has read out survive what happens elsewhere on the page.
 */
export function keep(list, wanted) {
  const old = new Map([...list.children].map(child => [known.get(child)?.key, child]));
  const grows = wanted.some(({ key }) => old.has(key));
  const focused = document.activeElement;
  let refocus = list.contains(focused) ? focused : null;
  const next = wanted.map(({ key, look, build }) => {
    const there = old.get(key);
    if (there && known.get(there).look === look) {
      return there;
    }
    const made = build();
    known.set(made, { key, look });
    made.classList.toggle('new', grows && !there);
    if (refocus && there?.contains(focused)) {
      refocus = made.querySelectorAll(STOPS)[[...there.querySelectorAll(STOPS)].indexOf(focused)] ?? null;
    }
    return made;
  });
  const stay = new Set(next);
  [...list.children].filter(child => !stay.has(child)).forEach(child => child.remove());
  next.forEach((child, at) => {
    if (list.children[at] !== child) {
      list.insertBefore(child, list.children[at] ?? null);
    }
  });
  if (refocus && refocus !== document.activeElement) {
    refocus.focus();
  }
}
