// What can be pressed or chosen where it stands: buttons, menus, selects, dates, boxes.
import { useState } from "preact/hooks";
import { asked } from "./asking.js";
import { html } from "./html.js";
import { Icon } from "./icons.js";
import { does, state } from "./state.js";
import { MenuButton } from "./menu.js";
import { Picker } from "./picker.js";
import { optionsFor } from "./options.js";
import { chosenIn, textIn } from "./values.js";
import { Words } from "./words.js";

export const nameOf = (block, element) => `${block.block_id}/${element.action_id}`;
export const keyOf = (spot, block, element) => `${spot.ts ?? spot.view ?? "home"}/${nameOf(block, element)}/${element.value ?? ""}`;

// Where it stands, as the sandbox wants to hear it; a person presses what they see, though it may have changed since.
export function placeOf(spot) {
  if (spot.kind === "message") return { channel: spot.channel, ts: spot.ts, as_seen: spot.blocks };
  return { home: spot.kind === "home" };
}

export async function press(spot, block, element, sent = {}) {
  if (element.confirm && !(await asked(element.confirm))) return;
  const verb = element.type === "button" || element.type === "icon_button" ? "press" : "choose";
  await does(verb, { what: nameOf(block, element), ...placeOf(spot), ...sent }, keyOf(spot, block, element));
}

export function Action({ element, block, spot }) {
  const may = element.visible_to_user_ids;
  if (may && !may.includes(state.seen.me)) return null;
  const Drawn = DRAWN[element.type] ?? Choice;
  return html`<${Drawn} element=${element} block=${block} spot=${spot} />`;
}

const DRAWN = {
  button: Button,
  icon_button: ({ element, ...rest }) => html`<${Button} element=${{ ...element, text: { text: "🗑️" } }} ...${rest} />`,
  workflow_button: Button,
  overflow: Overflow,
  checkboxes: Boxes,
  radio_buttons: Boxes,
  datepicker: (given) => html`<${Native} ...${given} type="date" first="initial_date" />`,
  timepicker: (given) => html`<${Native} ...${given} type="time" first="initial_time" />`,
  datetimepicker: Moment,
  feedback_buttons: Feedback,
};

function Button({ element, block, spot }) {
  const isBusy = state.busy.has(keyOf(spot, block, element));
  const open = () => element.url && window.open(element.url, "_blank", "noopener");
  const pressed = () => {
    if (isBusy) return;
    if (/^https?:/i.test(element.url ?? "")) open();
    press(spot, block, element);
  };
  return html`<button type="button" class="button ${element.style ?? ""}" aria-busy=${isBusy} aria-disabled=${isBusy}
    aria-label=${element.accessibility_label} onClick=${pressed}>${element.text.text}</button>`;
}

function Overflow({ element, block, spot }) {
  const items = element.options.map((one) => ({ label: one.text.text, about: one.description?.text, value: one.value }));
  return html`<${MenuButton} label="More actions" sign=${html`<${Icon} name="more" />`} items=${items}
    onPick=${(item) => press(spot, block, element, { value: item.value ?? item.label })} />`;
}

function Boxes({ element, block, spot }) {
  const isMany = element.type === "checkboxes";
  const first = chosenIn(spot, block, element).map((one) => one.value);
  const changed = (event) => {
    const ticked = [...event.currentTarget.querySelectorAll("input:checked")].map((one) => one.value);
    press(spot, block, element, { value: isMany ? ticked : ticked[0] });
  };
  return html`<div class="boxes" role=${isMany ? "group" : "radiogroup"} onChange=${changed}>
    ${element.options.map((one) => html`<label><input type=${isMany ? "checkbox" : "radio"} name=${nameOf(block, element)}
      value=${one.value} defaultChecked=${first.includes(one.value)} />
      <span><${Words} of=${one.text} />${one.description && html`<small><${Words} of=${one.description} /></small>`}</span></label>`)}
  </div>`;
}

function Native({ element, block, spot, type, first }) {
  const was = textIn(spot, block, element) || element[first] || "";
  const [text, setText] = useState(was);
  const left = () => text && text !== was && press(spot, block, element, { value: text });
  return html`<input class="input" type=${type} aria-label=${element.placeholder?.text ?? type} value=${text}
    onInput=${(event) => setText(event.target.value)} onBlur=${left} />`;
}

function Moment({ element, block, spot }) {
  const changed = (event) => press(spot, block, element, { value: String(Date.parse(event.target.value) / 1000) });
  return html`<input class="input" type="datetime-local" aria-label="Date and time" onChange=${changed} />`;
}

function Feedback({ element, block, spot }) {
  const send = (one) => press(spot, block, element, { value: one.value });
  return html`<span class="actions">${[element.positive_button, element.negative_button].map(
    (one) => html`<button type="button" class="button" onClick=${() => send(one)}>${one.text.text}</button>`,
  )}</span>`;
}

// Selects in messages and home tabs: what is chosen is told to the app at once.
function Choice({ element, block, spot }) {
  const options = optionsFor(element, (typing) => ({ what: nameOf(block, element), typing, ...placeOf(spot) }));
  const picked = (options_, typing) => {
    const values = options_.map((one) => one.value);
    press(spot, block, element, { value: element.type.startsWith("multi_") ? values : (values[0] ?? null), typing });
  };
  return html`<${Picker} label=${element.placeholder?.text ?? "Choose"} isMany=${element.type.startsWith("multi_")}
    chosen=${chosenIn(spot, block, element)} load=${options} onPick=${picked} />`;
}
