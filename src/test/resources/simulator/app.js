import { get, listen, post, remove } from './api.js';
import { commandKey, drawCommands } from './commands.js';
import { element } from './format.js';
import { currentChat, dropMessage, load, model, chatsOf, putBot, putCall, putChat, putMessage, putUser } from './model.js';
import { drawBots, drawCalls, drawChats, drawFaults, drawTalk, drawTyping, toast } from './view.js';

const find = id => document.getElementById(id);
const TYPING_MS = 5000;
const DRAFT_MS = 30000;
const KINDS = ['rate_limit', 'server_error', 'html', 'empty', 'half_json', 'not_ok', 'reset_before', 'reset_after',
  'drip', 'delay', 'webhook_delay', 'webhook_duplicate', 'webhook_drop'];

let drawn = false;

/** Many events in one frame are drawn once. */
function draw() {
  if (drawn) {
    return;
  }
  drawn = true;
  requestAnimationFrame(() => {
    drawn = false;
    drawBots();
    drawChats(choose);
    drawTalk(press);
    drawTyping();
    drawCalls();
    drawFaults(id => attempt(remove('faults?id=' + id).then(showFaults)));
  });
}

function attempt(promise) {
  return promise.catch(error => toast(error.message));
}

function choose(chatId) {
  model.chat = chatId;
  draw();
  find('text').focus();
}

function here() {
  return { botId: model.bot, chatId: model.chat, userId: Number(find('user').value) || undefined };
}

function press(message, data) {
  attempt(post('presses', { ...here(), messageId: message.message_id, data }));
}

function showFaults(answer) {
  model.faults = Array.isArray(answer) ? answer : answer.items;
  draw();
}

function expire(map, key, value, after) {
  map.set(key, value);
  draw();
  setTimeout(() => {
    if (map.get(key) === value) {
      map.delete(key);
      draw();
    }
  }, after);
}

async function refresh() {
  load(await get('state'));
  const { items } = await get('journal?last=200');
  model.calls = [];
  items.forEach(putCall);
  showFaults(await get('faults'));
}

const and = change => event => {
  change(event);
  draw();
};

listen({
  ready: refresh,
  resync: refresh,
  bot: and(bot => {
    putBot(bot);
    model.bot ||= bot.id;
  }),
  user: and(putUser),
  chat: and(chat => {
    putChat(chat);
    model.chat ||= chat.id;
  }),
  message: and(putMessage),
  edit: and(putMessage),
  delete: and(dropMessage),
  faults: showFaults,
  action: ({ chatId, action }) => expire(model.typing, chatId, new String(action), TYPING_MS),
  draft: draft => expire(model.drafts, draft.chatId, draft, DRAFT_MS),
  toast: answer => {
    if (answer.botId === model.bot && answer.chatId === model.chat && answer.text) {
      toast(answer.text);
    }
  },
  call: call => {
    putCall(call);
    if (call.fault) {
      get('faults').then(showFaults);
    }
    if (/Webhook$/.test(call.method)) {
      refresh();
    }
    draw();
  },
}, live => {
  find('live').textContent = live ? 'live' : 'not connected';
  find('live').className = 'pill live ' + (live ? 'on' : 'off');
});

async function makeBot(form) {
  const fields = Object.fromEntries(new FormData(form));
  const bot = await post('bots', fields);
  form.reset();
  model.bot = bot.id;
  model.chat = 0;
  putBot(bot);
  const chat = await post('chats', { botId: bot.id, user: 'Ann' });
  putChat(chat);
  model.chat = chat.id;
  document.querySelector('.token').open = true;
  await refresh();
}

const onSubmit = (id, work) => find(id).addEventListener('submit', event => {
  event.preventDefault();
  work(event);
});

onSubmit('new-bot', event => makeBot(event.target).catch(error => { find('new-bot-error').textContent = error.message; }));
onSubmit('other-bot', event => attempt(makeBot(event.target)));
onSubmit('new-chat', event => {
  const title = new FormData(event.target).get('title');
  const type = event.submitter?.dataset.type ?? 'private';
  const userIds = chatsOf(model.bot).filter(chat => chat.type === 'private').map(chat => chat.id);
  const request = type === 'private' ? { user: title } : userIds.length ? { title, userIds } : { title, user: 'Ann' };
  attempt(post('chats', { botId: model.bot, type, ...request }).then(chat => {
    event.target.reset();
    putChat(chat);
    choose(chat.id);
  }));
});
onSubmit('composer', () => {
  const text = find('text').value.trim();
  if (text && currentChat()) {
    find('text').value = '';
    drawCommands();
    attempt(post('messages', { ...here(), text }));
  }
});
onSubmit('fault', event => {
  const { kind, method, times } = Object.fromEntries(new FormData(event.target));
  attempt(post('faults', { kind, method, times: Number(times), botId: model.bot }));
});

find('clear-faults').addEventListener('click', () => attempt(remove('faults').then(showFaults)));
find('bot').addEventListener('change', event => {
  model.bot = Number(event.target.value);
  model.chat = chatsOf(model.bot)[0]?.id ?? 0;
  draw();
});
find('copy').addEventListener('click', () => attempt(navigator.clipboard.writeText(find('token').textContent).then(() => toast('Copied'))));
find('revoke').addEventListener('click', () => attempt(post('bots/revoke', { botId: model.bot }).then(refresh)));
find('block').addEventListener('click', () => {
  const chat = currentChat();
  const deed = chat.shutOut.includes(model.bot) ? 'let-in' : chat.type === 'private' ? 'block' : 'kick';
  attempt(post('chats/' + deed, { botId: model.bot, chatId: chat.id }));
});
find('chats').addEventListener('keydown', event => {
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  const buttons = [...find('chats').querySelectorAll('button')];
  const next = step && buttons[buttons.indexOf(event.target) + step];
  if (next) {
    event.preventDefault();
    next.focus();
  }
});
find('new').open = innerWidth > 640;
find('text').addEventListener('input', drawCommands);
find('text').addEventListener('keydown', event => {
  if (commandKey(event)) {
    event.preventDefault();
  } else if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    find('composer').requestSubmit();
  }
});
find('base').textContent = location.origin + '/bot<token>/<method>';
document.querySelector('#fault select').append(...KINDS.map(kind => element('option', { value: kind }, kind.replaceAll('_', ' '))));
