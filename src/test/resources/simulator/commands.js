import { element } from './format.js';
import { currentBot } from './model.js';

const list = document.getElementById('commands');
const field = document.getElementById('text');
let chosen = 0;
let moved = false;

/** The commands that fit what stands in the field, as /name and description. */
function fitting() {
  const typed = /^\/([a-z0-9_]*)$/.exec(field.value);
  return typed ? (currentBot()?.commands ?? []).filter(command => command.command.startsWith(typed[1])) : [];
}

export function drawCommands() {
  const commands = fitting();
  chosen = Math.min(chosen, Math.max(0, commands.length - 1));
  list.hidden = commands.length === 0;
  moved &&= !list.hidden;
  list.replaceChildren(...commands.map((command, index) => element('li',
    { role: 'option', id: 'command-' + index, 'aria-selected': String(index === chosen), onmousedown: event => {
      event.preventDefault();
      take(command);
    } },
    element('b', {}, '/' + command.command), element('span', { class: 'muted' }, command.description))));
  if (list.hidden) {
    field.removeAttribute('aria-activedescendant');
  } else {
    field.setAttribute('aria-activedescendant', 'command-' + chosen);
  }
}

function take(command) {
  field.value = `/${command.command} `;
  drawCommands();
}

/** Returns whether the key was for the menu. */
export function commandKey(event) {
  const commands = fitting();
  if (list.hidden || commands.length === 0) {
    return false;
  }
  switch (event.key) {
    case 'ArrowDown': chosen = (chosen + 1) % commands.length; break;
    case 'ArrowUp': chosen = (chosen + commands.length - 1) % commands.length; break;
    case 'Enter':
      if (!moved) {
        return false;
      }
      take(commands[chosen]);
      return true;
    case 'Tab': take(commands[chosen]); return true;
    case 'Escape': list.hidden = true; return true;
    default: return false;
  }
  moved = true;
  drawCommands();
  return true;
}
