import { clock, element, face, formatted, link } from './format.js';
import { keep } from './keep.js';
import { currentBot, currentChat, chatsOf, model, userOf } from './model.js';

const find = id => document.getElementById(id);

export function drawBots() {
  find('welcome').hidden = model.bots.length > 0;
  find('desk').hidden = model.bots.length === 0;
  keepOptions(find('bot'), model.bots.map(bot => [bot.id, `${bot.name} (@${bot.username})`]), model.bot);
  find('bot').closest('label').hidden = model.bots.length === 0;
  const bot = currentBot();
  find('token').textContent = bot?.token ?? '';
  find('mode').hidden = !bot;
  find('mode').textContent = bot?.webhook.url ? 'webhook ' + hostOf(bot.webhook.url) : 'getUpdates';
  find('mode').title = bot?.webhook.url ?? '';
}

/** A webhook's path is long and a secret of sorts. */
function hostOf(url) {
  return URL.canParse(url) ? new URL(url).host : url;
}

function keepOptions(select, pairs, value) {
  keep(select, pairs.map(([id, text]) => ({ key: id, look: text, build: () => element('option', { value: id }, text) })));
  if (pairs.some(([id]) => id === value)) {
    select.value = value;
  }
}

export function drawChats(onChoose) {
  keep(find('chats'), chatsOf(model.bot).map(chat => {
    const last = chat.messages.at(-1);
    const words = last ? last.text ?? last.caption ?? '…' : 'no messages yet';
    const current = String(chat.id === model.chat);
    return { key: chat.id, look: current + chat.title + words, build: () => element('li', {}, element('button',
      { 'aria-current': current, onclick: () => onChoose(chat.id) },
      face(chat.title, chat.id),
      element('span', { class: 'words' },
        element('span', { class: 'name' }, chat.title),
        element('span', { class: 'last' }, words)))) };
  }));
}

export function drawTalk(onPress) {
  const chat = currentChat();
  find('title').textContent = chat?.title ?? 'No chat chosen';
  find('subtitle').textContent = chat ? subtitle(chat) : 'Add a user or a group on the left.';
  const users = chat ? chat.users.map(userOf).filter(Boolean) : [];
  keepOptions(find('user'), users.map(user => [user.id, user.first_name]), Number(find('user').value));
  find('block').hidden = !chat;
  find('block').textContent = chat?.shutOut.includes(model.bot) ? 'Let the bot in' : chat?.type === 'private' ? 'Block the bot' : 'Throw the bot out';
  drawMessages(chat, onPress);
}

function subtitle(chat) {
  const shut = chat.shutOut.includes(model.bot) ? ' · the bot is shut out' : '';
  return (chat.type === 'private' ? 'private chat' : `${chat.type}, ${chat.users.length} people`) + ` · id ${chat.id}` + shut;
}

let shown = '';

function drawMessages(chat, onPress) {
  const list = find('messages');
  const place = `${model.bot} ${chat?.id}`;
  const atEnd = shown !== place || list.scrollHeight - list.scrollTop - list.clientHeight < 80;
  shown = place;
  const items = (chat?.messages ?? []).map((message, at, all) => {
    const first = all[at - 1]?.from?.id !== message.from?.id;
    const answered = message.reply_to && (all.find(other => other.message_id === message.reply_to)?.text ?? 'a message');
    return { key: `${place} ${message.message_id}`, look: JSON.stringify([message, first, answered]),
      build: () => item(chat, message, first, answered, onPress) };
  });
  const draft = model.drafts.get(chat?.id);
  if (draft) {
    items.push({ key: place + ' draft', look: JSON.stringify(draft), build: () => element('li', { class: 'msg draft' },
      element('div', { class: 'bubble' }, formatted(draft.text || 'Thinking…', draft.entities))) });
  }
  if (items.length === 0) {
    items.push({ key: place, look: '', build: () => element('li', { class: 'empty' },
      chat ? 'Nothing here yet. Write /start.' : 'Make a chat first.') });
  }
  keep(list, items);
  if (atEnd) {
    list.scrollTop = list.scrollHeight;
  }
}

function item(chat, message, first, answered, onPress) {
  const text = message.text ?? message.caption;
  if (text === undefined && !message.document) {
    return element('li', { class: 'service' }, message.migrate_to_chat_id ? 'The group became a supergroup' : 'The group was a basic group before');
  }
  const meta = (message.edit_date ? 'edited ' : '') + clock(message.date);
  return element('li', { class: 'msg' + (message.from.is_bot ? '' : ' mine') + (first ? ' first' : '') },
    element('div', { class: 'bubble' },
      first && (message.from.is_bot || chat.type !== 'private') && element('span', { class: 'who' }, message.from.first_name),
      answered && element('span', { class: 'answered' }, answered),
      message.document && element('span', { class: 'answered' }, '📎 ' + (message.document.file_name ?? message.document.file_id)),
      formatted(text ?? '', message.entities ?? message.caption_entities),
      element('span', { class: 'meta' }, meta)),
    message.reactions && element('span', { class: 'reactions' }, message.reactions.map(reaction => reaction.emoji ?? '★').join(' ')),
    message.reply_markup && keys(message, onPress));
}

function keys(message, onPress) {
  return element('div', { class: 'keys' }, ...message.reply_markup.inline_keyboard.map(row =>
    element('div', { class: 'row' }, ...row.map(button => button.url
      ? link(button.url, { class: 'key', title: button.url }, button.text + ' ↗')
      : element('button', { type: 'button', onclick: () => onPress(message, button.callback_data ?? '') }, button.text)))));
}

export function drawTyping() {
  const action = model.typing.get(model.chat);
  find('typing').textContent = action ? `${currentBot()?.name} is ${words(String(action))}…` : '';
}

function words(action) {
  return action === 'typing' ? 'typing' : action.replace(/^upload_/, 'sending a ').replace(/^record_/, 'recording a ')
    .replace('choose_', 'choosing a ').replace('find_', 'finding a ').replaceAll('_', ' ');
}

export function drawCalls() {
  keep(find('calls'), model.calls.map(call => ({ key: call.seq, look: '', build: () => element('li', {},
    element('div', { class: 'top' },
      element('span', { class: 'name' }, call.method),
      call.fault && element('span', { class: 'fault' }, call.fault.toLowerCase().replaceAll('_', ' ')),
      element('span', { class: call.errorCode || call.status !== 200 ? 'bad' : 'good' }, String(call.status)),
      element('span', { class: 'muted' }, clock(Date.parse(call.at) / 1000, { second: '2-digit' }))),
    element('div', { class: 'what' }, call.description || call.parameters.text || call.parameters.action || '\u00a0')) })));
}

export function drawFaults(onRemove) {
  keep(find('faults'), model.faults.map(fault => {
    const left = fault.times === 0 ? 'always' : `${fault.hits} of ${fault.times}`;
    const name = `${fault.kind.toLowerCase().replaceAll('_', ' ')} · ${fault.method || 'any call'} · ${left}`;
    return { key: fault.id, look: name, build: () =>
      element('li', { class: fault.times && fault.hits >= fault.times ? 'spent' : '' }, name,
        element('button', { type: 'button', 'aria-label': 'Remove ' + name, onclick: () => onRemove(fault.id) }, '×')) };
  }));
}

let toastTimer = 0;

export function toast(text) {
  find('toast').textContent = text;
  find('toast').hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { find('toast').hidden = true; }, 3500);
}
