/** Calls the control API; a refusal becomes an Error with the server's sentence. */
async function ask(method, path, body) {
  const answer = await fetch('sim/' + path, {
    method,
    headers: body ? { 'Content-Type': 'application/json' } : {},
    // Ids above 2^53 do not occur here: Telegram's need 52 bits.
    body: body ? JSON.stringify(body) : undefined,
  });
  const json = await answer.json();
  if (!answer.ok) {
    throw new Error(json.error);
  }
  return json;
}

export const get = path => ask('GET', path);
export const post = (path, body) => ask('POST', path, body);
export const remove = path => ask('DELETE', path);

/** Listens for ever; `onLive` hears whether the line stands. */
export function listen(handlers, onLive) {
  const source = new EventSource('sim/events');
  source.onopen = () => onLive(true);
  source.onerror = () => onLive(false);
  for (const [type, handle] of Object.entries(handlers)) {
    source.addEventListener(type, event => handle(JSON.parse(event.data)));
  }
}
