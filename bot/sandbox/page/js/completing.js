// What could be meant while typing: a command, one of its words, or a person.

const MOST = 8;

export function completions(text, caret, seen) {
  const head = text.slice(0, caret);
  if (head.startsWith("/") && !head.includes("\n")) return commands(head, seen.app);
  const mention = /(?:^|\s)@([\w.-]*)$/.exec(head);
  return mention ? people(mention[1], seen) : [];
}

function commands(head, app) {
  const [command, ...rest] = head.split(" ");
  if (!rest.length) {
    const meant = app.commands.filter((one) => one.command.startsWith(command));
    return meant.map((one) => ({ label: `${one.command} ${one.usage_hint ?? ""}`, about: one.description, text: `${one.command} `, from: 0, isPartial: one.command !== command }));
  }
  const known = app.commands.find((one) => one.command === command);
  if (!known || rest.length > 1) return [];
  const words = wordsIn(known.usage_hint ?? "").filter((word) => word.startsWith(rest[0]));
  return words.map((word) => ({ label: `${command} ${word}`, text: word, from: command.length + 1, isPartial: rest[0] !== "" && word !== rest[0] }));
}

// `[run [month] | status | gaps]` names the words a command takes.
const wordsIn = (hint) => hint.replace(/^\[|\]$/g, "").split("|").map((part) => part.trim().split(/\s/)[0]).filter((word) => /^[a-z]/.test(word));

function people(typed, seen) {
  const meant = Object.values(seen.people).filter((one) => !one.deleted && [one.name, one.real_name].some((name) => name.toLowerCase().startsWith(typed.toLowerCase())));
  return meant.slice(0, MOST).map((one) => ({ label: one.real_name, about: one.title, text: `@${one.name} `, from: -typed.length - 1, isPartial: true }));
}

export function put(text, caret, one) {
  const start = one.from < 0 ? caret + one.from : one.from;
  return { text: text.slice(0, start) + one.text + text.slice(caret), caret: start + one.text.length };
}
