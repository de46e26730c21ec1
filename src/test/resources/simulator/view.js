import { clock, element, face, formatted } from './format.js';
import { currentBot, currentChat, chatsOf, model, userOf } from './model.js';

const find = id => document.getElementById(id);

export function drawBots() {
  find('welcome').hidden = model.bots.length > 0;
  find('desk').hidden = model.bots.length === 0;
  find('bot').replaceChildren(...model.bots.map(bot =>
    element('option', { value: bot.id, selected: bot.id === model.bot }, `${bot.name} (@${bot.username})`)));
  find('bot').closest('label').hidden = model.bots.length === 0;
  const bot = currentBot();
  find('token').textContent = bot?.token ?? '';
  find('mode').hidden = !bot;
  find('mode').textContent = bot?.webhook.url ? 'webhook ' + bot.webhook.url : 'getUpdates';
}

export function drawChats(onChoose) {
  find('chats').replaceChildren(...chatsOf(model.bot).map(chat => {
    const last = chat.messages.at(-1);
    return element('li', {}, element('button',
      { 'aria-current': String(chat.id === model.chat), onclick: () => onChoose(chat.id) },
      face(chat.title, chat.id),
      element('span', { class: 'words' },
        element('span', { class: 'name' }, chat.title),
        element('span', { class: 'last' }, last ? last.text ?? last.caption ?? '…' : 'no messages yet'))));
  }));
}

export function drawTalk(onPress) {
  const chat = currentChat();
  find('title').textContent = chat?.title ?? 'No chat chosen';
  find('subtitle').textContent = chat ? subtitle(chat) : 'Add a user or a group on the left.';
  const users = chat ? chat.users.map(userOf).filter(Boolean) : [];
  const chosen = Number(find('user').value);
  find('user').replaceChildren(...users.map(user =>
    element('option', { value: user.id, selected: user.id === chosen }, user.first_name)));
  find('block').hidden = !chat;
  find('block').textContent = chat?.shutOut.includes(model.bot) ? 'Let the bot in' : chat?.type === 'private' ? 'Block the bot' : 'Throw the bot out';
  drawMessages(chat, onPress);
}

function subtitle(chat) {
  const shut = chat.shutOut.includes(model.bot) ? ' · the bot is shut out' : '';
  return (chat.type === 'private' ? 'private chat' : `${chat.type}, ${chat.users.length} people`) + ` · id ${chat.id}` + shut;
}

function drawMessages(chat, onPress) {
  const list = find('messages');
  const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 80;
  const items = (chat?.messages ?? []).map(message => item(chat, message, onPress));
  const draft = model.drafts.get(chat?.id);
  if (draft) {
    items.push(element('li', { class: 'msg draft' }, element('div', { class: 'bubble' },
      formatted(draft.text || 'Thinking…', draft.entities))));
  }
  if (items.length === 0) {
    items.push(element('li', { class: 'empty' }, chat ? 'Nothing here yet. Write /start.' : 'Make a chat first.'));
  }
  list.replaceChildren(...items);
  if (atEnd) {
    list.scrollTop = list.scrollHeight;
  }
}

function item(chat, message, onPress) {
  const text = message.text ?? message.caption;
  if (text === undefined && !message.document) {
    return element('li', { class: 'service' }, message.migrate_to_chat_id ? 'The group became a supergroup' : 'The group was a basic group before');
  }
  const answered = chat.messages.find(other => other.message_id === message.reply_to);
  const meta = (message.edit_date ? 'edited ' : '') + clock(message.date);
  return element('li', { class: message.from.is_bot ? 'msg' : 'msg mine' },
    element('div', { class: 'bubble' },
      (message.from.is_bot || chat.type !== 'private') && element('span', { class: 'who' }, message.from.first_name),
      message.reply_to && element('span', { class: 'answered' }, answered?.text ?? 'a message'),
      message.document && element('span', { class: 'answered' }, '📎 ' + (message.document.file_name ?? message.document.file_id)),
      formatted(text ?? '', message.entities ?? message.caption_entities),
      element('span', { class: 'meta' }, meta)),
    message.reactions && element('span', { class: 'reactions' }, message.reactions.map(reaction => reaction.emoji ?? '★').join(' ')),
    message.reply_markup && keys(message, onPress));
}

function keys(message, onPress) {
  return element('div', { class: 'keys' }, ...message.reply_markup.inline_keyboard.map(row =>
    element('div', { class: 'row' }, ...row.map(button => button.url
      ? element('button', { type: 'button', title: button.url }, button.text + ' ↗')
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
  find('calls').replaceChildren(...model.calls.map(call => element('li', {},
    element('div', { class: 'top' },
      element('span', { class: 'name' }, call.method),
      call.fault && element('span', { class: 'fault' }, call.fault.toLowerCase().replaceAll('_', ' ')),
      element('span', { class: call.errorCode || call.status !== 200 ? 'bad' : 'good' }, String(call.status)),
      element('span', { class: 'muted' }, call.at.slice(11, 19))),
    element('div', { class: 'what' }, call.description || call.parameters.text || call.parameters.action || '\u00a0'))));
}

export function drawFaults(onRemove) {
  find('faults').replaceChildren(...model.faults.map(fault => {
    const left = fault.times === 0 ? 'always' : `${fault.hits} of ${fault.times}`;
    const name = `${fault.kind.toLowerCase().replaceAll('_', ' ')} · ${fault.method || 'any call'} · ${left}`;
    return element('li', { class: fault.times && fault.hits >= fault.times ? 'spent' : '' }, name,
      element('button', { type: 'button', 'aria-label': 'Remove ' + name, onclick: () => onRemove(fault.id) }, '×'));
  }));
}

let toastTimer = 0;

export function toast(text) {
  find('toast').textContent = text;
  find('toast').hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { find('toast').hidden = true; }, 3500);
}
