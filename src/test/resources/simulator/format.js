/** Builds elements; text only ever becomes text, never markup. */
export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.startsWith('on')) {
      made.addEventListener(key.slice(2), value);
    } else if (key === 'class') {
      made.className = value;
    } else if (value !== undefined && value !== false) {
      made.setAttribute(key, value === true ? '' : value);
    }
  }
  made.append(...children.filter(child => child !== null && child !== undefined && child !== false));
  return made;
}

const TAGS = {
  bold: 'strong', italic: 'em', underline: 'u', strikethrough: 's', code: 'code', pre: 'pre',
  blockquote: 'blockquote', expandable_blockquote: 'blockquote',
};

function wrapper(entity, text) {
  if (TAGS[entity.type]) {
    return element(TAGS[entity.type]);
  }
  switch (entity.type) {
    case 'text_link': return link(entity.url);
    case 'url': return link(/^[a-z]+:/i.test(text) ? text : 'https://' + text);
    case 'bot_command': case 'mention': case 'hashtag': return element('strong', { class: 'command' });
    case 'spoiler': {
      const spoiler = element('button', { class: 'spoiler', type: 'button', 'aria-expanded': 'false', title: 'Spoiler' });
      spoiler.addEventListener('click', () => spoiler.setAttribute('aria-expanded', 'true'));
      return spoiler;
    }
    default: return element('span');
  }
}

/** A link that opens beside the page, or none when a browser would run it. */
export function link(url, properties = {}, ...children) {
  const safe = /^(https?|tg|mailto):/i.test(url ?? '');
  return element('a', { href: safe ? url : undefined, rel: 'noreferrer noopener', target: '_blank', ...properties }, ...children);
}

/** Text with entities (offsets in UTF-16 units, as JavaScript counts) as nodes; entities may nest. */
export function formatted(text, entities = []) {
  const root = document.createDocumentFragment();
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  fill(root, text, 0, text.length, sorted);
  return root;
}

function fill(parent, text, from, to, entities) {
  let at = from;
  while (entities.length > 0 && entities[0].offset < to) {
    const entity = entities.shift();
    const start = Math.max(entity.offset, at);
    const end = Math.min(entity.offset + entity.length, to);
    if (end <= start) {
      continue;
    }
    parent.append(text.slice(at, start));
    const inner = wrapper(entity, text.slice(start, end));
    fill(inner, text, start, end, entities);
    parent.append(inner);
    at = end;
    // A block ends its line by itself.
    if (/^(PRE|BLOCKQUOTE)$/.test(inner.tagName ?? '') && text[at] === '\n') {
      at++;
    }
  }
  parent.append(text.slice(at, to));
}

/** The reader's own time of day, as short as a log has it. */
export function clock(unixSeconds, more = {}) {
  return new Date(unixSeconds * 1000).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', ...more });
}

export function face(name, id) {
  return element('span', { class: 'face c' + Math.abs(id) % 6, 'aria-hidden': 'true' },
    [...name][0]?.toUpperCase() ?? '?');
}
