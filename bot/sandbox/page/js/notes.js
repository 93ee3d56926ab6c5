// Short notes to the person: what could not be done, and that the sandbox is gone.
import { html } from "./html.js";
import { Icon } from "./icons.js";
import { forget, state } from "./state.js";

export function Notes() {
  return html`<div class="notes" role="status" aria-live="assertive">
    ${state.isOffline && html`<p class="note warning">The sandbox does not answer. This page goes on once it is back.</p>`}
    ${state.notes.map((one) => html`<p class="note ${one.kind}" key=${one.id}>${one.text}
      <button type="button" class="sign" aria-label="Dismiss" onClick=${() => forget(one.id)}><${Icon} name="close" /></button></p>`)}
  </div>`;
}
