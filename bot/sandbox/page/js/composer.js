// Where people write: text, commands and mentions completed while typing, files dropped or chosen.
import { useEffect, useRef, useState } from "preact/hooks";
import { completions, put } from "./completing.js";
import { html } from "./html.js";
import { Icon } from "./icons.js";
import { Staged, stage } from "./staging.js";
import { does, draw, note, state } from "./state.js";

const place = (channel, thread) => `${state.here.person}/${channel}/${thread ?? ""}`;

export function Composer({ channel, thread, label }) {
  const at = place(channel, thread);
  const box = useRef(null);
  const [chosen, setChosen] = useState(0);
  const [isShut, setShut] = useState(false);
  const [broadcast, setBroadcast] = useState(false);
  const text = state.drafts[at] ?? "";
  const offered = isShut ? [] : completions(text, box.current?.selectionStart ?? text.length, state.seen);
  useEffect(() => grow(box.current), [text, at]);

  const write = (now) => {
    state.drafts[at] = now;
    setShut(false);
    setChosen(0);
    draw();
  };
  const complete = (one) => {
    const made = put(box.current.value, box.current.selectionStart, one);
    write(made.text);
    requestAnimationFrame(() => {
      box.current.focus();
      box.current.setSelectionRange(made.caret, made.caret);
    });
  };
  const sent = () => {
    if (send({ at, channel, thread, text: box.current.value, broadcast })) setBroadcast(false);
  };
  const keyed = (event) => {
    if (event.isComposing) return undefined;
    // Somebody may type faster than the list is drawn: what counts is what stands there now.
    const fits = isShut ? [] : completions(box.current.value, box.current.selectionStart, state.seen);
    const meant = fits[Math.min(chosen, fits.length - 1)];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (meant && step) setChosen((chosen + step + fits.length) % fits.length);
    else if (meant && (event.key === "Tab" || (event.key === "Enter" && meant.isPartial))) complete(meant);
    else if (meant && event.key === "Escape") event.stopPropagation(), setShut(true);
    else if (event.key === "Enter" && !event.shiftKey) sent();
    else return undefined;
    return event.preventDefault();
  };
  const pasted = (event) => event.clipboardData.files.length && (event.preventDefault(), stage(at, event.clipboardData.files));
  const list = `completions-${thread ?? "channel"}`;
  return html`<div class="composer">
    ${offered.length > 0 && html`<${Offered} id=${list} offered=${offered} chosen=${chosen} onPick=${complete} />`}
    <${Staged} at=${at} />
    <textarea ref=${box} rows="1" placeholder=${label} aria-label=${label} value=${text} role="combobox" aria-autocomplete="list"
      aria-expanded=${offered.length > 0} aria-controls=${list} aria-activedescendant=${offered.length ? `${list}-${chosen}` : undefined}
      onInput=${(event) => write(event.target.value)} onKeyDown=${keyed} onPaste=${pasted} onBlur=${() => setShut(true)}></textarea>
    <div class="composer-foot">
      <label class="sign" title="Attach files"><${Icon} name="plus" /><span class="unseen">Attach files</span>
        <input type="file" multiple class="unseen" onChange=${(event) => (stage(at, event.target.files), (event.target.value = ""))} /></label>
      ${thread && html`<label class="quiet"><input type="checkbox" checked=${broadcast} onChange=${(event) => setBroadcast(event.target.checked)} /> Also send to the channel</label>`}
      <button type="button" class="button primary send" disabled=${!isReady(at, text)} onClick=${sent}>Send</button>
    </div>
  </div>`;
}

function Offered({ id, offered, chosen, onPick }) {
  return html`<ul class="offered above" id=${id} role="listbox" aria-label="Completions">
    ${offered.map((one, at) => html`<li id="${id}-${at}" role="option" aria-selected=${at === chosen}
      onMouseDown=${(event) => (event.preventDefault(), onPick(one))}><span>${one.label}</span>${one.about && html`<small>${one.about}</small>`}</li>`)}
  </ul>`;
}

function grow(area) {
  if (!area) return;
  area.style.height = "auto";
  area.style.height = `${Math.min(area.scrollHeight, 200)}px`;
}

const arrived = (at) => (state.staged[at] ?? []).every((file) => file.id);
const isReady = (at, text) => arrived(at) && Boolean(text.trim() || state.staged[at]?.length);

function send({ at, channel, thread, text, broadcast }) {
  if (!arrived(at)) return note("A file is still on its way.") ?? false;
  if (!isReady(at, text)) return false;
  const files = state.staged[at] ?? [];
  const isCommand = text.startsWith("/") && !files.length;
  state.drafts[at] = "";
  state.staged[at] = [];
  const work = isCommand
    ? does("command", { text: text.trim(), channel })
    : does("say", { text: text.trim(), channel, thread, broadcast, files: files.map((file) => file.id), names: files.map((file) => file.name) });
  work.then((outcome) => {
    if (outcome?.trouble && !outcome.failure) note(outcome.trouble, "warning");
    if (outcome === null && !state.drafts[at]) Object.assign(state.drafts, { [at]: text }), (state.staged[at] = files), draw();
  });
  draw();
  return true;
}
