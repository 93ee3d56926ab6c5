// The question before something is done: an app's `confirm`, or the page's own.
import { useEffect, useRef } from "preact/hooks";
import { html } from "./html.js";
import { fenced } from "./mrkdwn.js";
import { draw } from "./state.js";

let open = null;

export function asked(confirm) {
  return new Promise((answer) => {
    open = { confirm, answer };
    draw();
  });
}

export function Asking() {
  return open ? html`<${Question} ...${open} />` : null;
}

function Question({ confirm, answer }) {
  const box = useRef(null);
  useEffect(() => box.current.showModal(), []);
  const say = (isYes) => {
    open = null;
    answer(isYes);
    draw();
  };
  const { title, text, confirm: yes, deny, style } = confirm;
  return html`<dialog class="asking" ref=${box} aria-labelledby="asking-title" onCancel=${() => say(false)}>
    <h2 id="asking-title">${title.text}</h2>
    <div class="asking-words">${text.type === "mrkdwn" ? fenced(text.text) : text.text}</div>
    <div class="dialog-foot">
      <button type="button" class="button" onClick=${() => say(false)}>${deny?.text ?? "No"}</button>
      <button type="button" class="button ${style === "danger" ? "danger" : "primary"}" onClick=${() => say(true)}>${yes?.text ?? "Yes"}</button>
    </div>
  </dialog>`;
}
