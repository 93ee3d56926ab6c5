// One field of a form: its label, what fills it in, a hint, and what is wrong with it.
import { useState } from "preact/hooks";
import { addressOf, handIn } from "./desk.js";
import { Action, keyOf, nameOf, placeOf, press } from "./elements.js";
import { html } from "./html.js";
import { optionsFor } from "./options.js";
import { Picker } from "./picker.js";
import { note, state } from "./state.js";
import { chosenIn, filesIn, textIn, type, typedIn } from "./values.js";

const TYPED = { plain_text_input: "text", email_text_input: "email", url_text_input: "url", number_input: "number" };
const BARE = ["checkboxes", "radio_buttons"];

export function Field({ block, spot }) {
  const { element } = block;
  const id = `field-${spot.view ?? spot.ts ?? "home"}-${block.block_id}`;
  const error = spot.errors?.[block.block_id];
  const told = [block.hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ") || undefined;
  const inside = { block, element, spot, id, told, error };
  const label = html`${block.label.text}${block.optional && html` <span class="quiet">(optional)</span>`}`;
  const isGroup = BARE.includes(element.type);
  return html`<div class=${error ? "field wrong" : "field"} role=${isGroup ? "group" : undefined} aria-labelledby=${isGroup ? `${id}-label` : undefined}>
    ${isGroup ? html`<span class="label" id="${id}-label">${label}</span>` : html`<label class="label" id="${id}-label" for=${id}>${label}</label>`}
    <${Filler} ...${inside} />
    ${block.hint && html`<p class="hint" id="${id}-hint">${block.hint.text}</p>`}
    ${error && html`<p class="error" id="${id}-error" role="alert">${error}</p>`}
  </div>`;
}

function Filler(given) {
  const { type: kind } = given.element;
  if (kind in TYPED) return html`<${Typed} ...${given} />`;
  if (kind === "file_input") return html`<${Files} ...${given} />`;
  if (/_select$/.test(kind)) return html`<${Select} ...${given} />`;
  if (kind === "datepicker" || kind === "timepicker") return html`<${Day} ...${given} />`;
  if (kind === "rich_text_input") return html`<${Typed} ...${given} />`;
  return html`<${Action} element=${given.element} block=${given.block} spot=${given.spot} />`;
}

function Typed({ block, element, spot, id, told, error }) {
  const name = nameOf(block, element);
  const [text, setText] = useState(() => typedIn(spot, name, textIn(spot, block, element) || element.initial_value || ""));
  const changed = (event) => {
    setText(event.target.value);
    type(spot, name, event.target.value);
  };
  const tells = block.dispatch_action && ((event) => press(spot, block, element, { value: event.target.value }));
  const asked = {
    id, class: "input", value: text, onInput: changed, onChange: tells || undefined, "aria-describedby": told,
    "aria-invalid": Boolean(error), placeholder: element.placeholder?.text, autofocus: element.focus_on_load,
    minlength: element.min_length, maxlength: element.max_length, required: !block.optional,
  };
  if (element.multiline || element.type === "rich_text_input") return html`<textarea ...${asked} rows="4"></textarea>`;
  const steps = element.type === "number_input" ? { step: element.is_decimal_allowed ? "any" : "1", min: element.min_value, max: element.max_value } : {};
  return html`<input ...${asked} ...${steps} type=${TYPED[element.type]} />`;
}

function Select({ block, element, spot, id, told, error }) {
  const isMany = element.type.startsWith("multi_");
  const load = optionsFor(element, (typing) => ({ what: nameOf(block, element), typing, ...placeOf(spot) }));
  const picked = (options, typing) => {
    const values = options.map((one) => one.value);
    press(spot, block, element, { value: isMany ? values : (values[0] ?? null), typing });
  };
  return html`<${Picker} label=${element.placeholder?.text ?? "Choose"} labelledBy="${id}-label" describedBy=${told}
    isMany=${isMany} isInvalid=${Boolean(error)} chosen=${chosenIn(spot, block, element)} load=${load} onPick=${picked} />`;
}

function Day({ block, element, spot, id, told, error }) {
  const name = nameOf(block, element);
  const [text, setText] = useState(() => typedIn(spot, name, textIn(spot, block, element)));
  // While somebody types a year, its first figures are a year already: it counts when they have gone on.
  const changed = (event) => {
    setText(event.target.value);
    type(spot, name, event.target.value);
  };
  const left = block.dispatch_action && (() => text && press(spot, block, element, { value: text }));
  return html`<input class="input" id=${id} type=${element.type === "datepicker" ? "date" : "time"} aria-describedby=${told}
    aria-invalid=${Boolean(error)} value=${text} onInput=${changed} onBlur=${left || undefined} />`;
}

function Files({ block, element, spot, id, told }) {
  const files = filesIn(spot, block, element);
  const isBusy = state.busy.has(keyOf(spot, block, element));
  const tell = (ids) => press(spot, block, element, { value: ids });
  const chosen = async (event) => {
    const picked = [...event.target.files];
    try {
      const made = await Promise.all(picked.map((file) => handIn(state.here.person, file)));
      await tell([...files, ...made].map((file) => file.id).slice(-(element.max_files ?? 10)));
    } catch (flaw) {
      note(flaw.message, "warning");
    }
  };
  const accept = (element.filetypes ?? []).map((ending) => `.${ending}`).join(",");
  return html`<div class="files-field">
    <input id=${id} type="file" multiple=${(element.max_files ?? 10) > 1} accept=${accept} aria-describedby=${told} aria-busy=${isBusy} onChange=${chosen} />
    <ul>${files.map((file) => html`<li><a href=${addressOf(file.id)} download=${file.name}>${file.name}</a>
      <button type="button" class="as-link" aria-label="Remove ${file.name}" onClick=${() => tell(files.filter((one) => one !== file).map((one) => one.id))}>Remove</button></li>`)}</ul>
  </div>`;
}
