// People, as they are shown beside what they say.
import { html } from "./html.js";
import { state } from "./state.js";

const initials = (name) => name.split(/\s+/).map((word) => word[0]).slice(0, 2).join("");

export const personOf = (id) => state.seen?.people[id] ?? { id, name: id, real_name: id === "USLACKBOT" ? "Slackbot" : id, title: "" };

// Eight colours; the same person always has the same.
const colourOf = (id) => [...id].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 997, 7) % 8;

export function Face({ id, size = "" }) {
  const person = personOf(id);
  const kind = person.is_bot ? "bot" : `colour-${colourOf(id)}`;
  return html`<span class="face ${kind} ${size}" aria-hidden="true">${person.is_bot ? "G" : initials(person.real_name)}</span>`;
}
