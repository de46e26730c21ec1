/** What the page knows: the state as read once, kept true by events. */
export const model = { bots: [], users: [], chats: [], calls: [], faults: [], drafts: new Map(), typing: new Map(), bot: 0, chat: 0 };

const KEPT_CALLS = 60;

export function load(state) {
  Object.assign(model, { bots: state.bots, users: state.users, chats: state.chats });
  if (!botOf(model.bot)) {
    model.bot = model.bots[0]?.id ?? 0;
  }
  if (!chatOf(model.bot, model.chat)) {
    model.chat = chatsOf(model.bot)[0]?.id ?? 0;
  }
}

export const botOf = id => model.bots.find(bot => bot.id === id);
export const userOf = id => model.users.find(user => user.id === id);
const lastDate = chat => chat.messages.at(-1)?.date ?? 0;

/** The chat with the newest message comes first. */
export const chatsOf = botId => model.chats.filter(chat => chat.bots.includes(botId)).sort((a, b) => lastDate(b) - lastDate(a));
export const chatOf = (botId, chatId) => model.chats.find(chat => chat.id === chatId && chat.bots.includes(botId));
export const currentBot = () => botOf(model.bot);
export const currentChat = () => chatOf(model.bot, model.chat);

const put = (list, item, same) => {
  const at = list.findIndex(same);
  if (at < 0) {
    list.push(item);
  } else {
    list[at] = item;
  }
};

export const putBot = bot => put(model.bots, bot, old => old.id === bot.id);
export const putUser = user => put(model.users, user, old => old.id === user.id);
export const putChat = chat => put(model.chats, chat, old => old.id === chat.id && old.bots.some(bot => chat.bots.includes(bot)));

export function putMessage({ botId, chatId, message }) {
  const chat = chatOf(botId, chatId);
  if (chat) {
    put(chat.messages, message, old => old.message_id === message.message_id);
    if (message.from.is_bot) {
      model.typing.delete(chatId);
      model.drafts.delete(chatId);
    }
  }
}

export function dropMessage({ botId, chatId, messageId }) {
  const chat = chatOf(botId, chatId);
  if (chat) {
    chat.messages = chat.messages.filter(message => message.message_id !== messageId);
  }
}

export function putCall(call) {
  if (call.method !== 'getUpdates' || call.errorCode) {
    model.calls.unshift(call);
    model.calls.length = Math.min(model.calls.length, KEPT_CALLS);
  }
}
