// The modal that the app has opened: filled in, sent, closed; the browser keeps the focus inside it.
import { useEffect, useRef, useState } from "preact/hooks";
import { Blocks } from "./blocks.js";
import { html } from "./html.js";
import { Icon } from "./icons.js";
import { does, state } from "./state.js";
import { forgetTyped, typedInto } from "./values.js";

const FILLED = ".dialog-body input, .dialog-body textarea, .dialog-foot [type=submit]";

export function Modal() {
  const { modal, depth } = state.seen.screen;
  return modal ? html`<${Open} key=${modal.root_view_id} view=${modal} depth=${depth} />` : null;
}

function Open({ view, depth }) {
  const box = useRef(null);
  const [outcome, setOutcome] = useState({});
  useEffect(() => {
    box.current.showModal();
    (box.current.querySelector("[autofocus]") ?? box.current.querySelector(FILLED))?.focus();
  }, []);
  useEffect(() => setOutcome({}), [view.hash]);
  useEffect(() => {
    if (outcome.errors) box.current.querySelector(".wrong input, .wrong textarea")?.focus();
  }, [outcome]);
  const isBusy = state.busy.has("submit");
  const submitted = async (event) => {
    event.preventDefault();
    const told = await does("submit", { values: typedInto(view), form: view.callback_id }, "submit");
    if (told?.ok) forgetTyped(view.id);
    setOutcome(told ?? {});
  };
  const closed = (event) => {
    event.preventDefault();
    forgetTyped(view.id);
    does("close", { everything: event.type === "cancel" && depth > 1 && view.clear_on_close }, "close");
  };
  const spot = { kind: "modal", view: view.id, values: view.state.values, errors: outcome.errors };
  return html`<dialog class="modal" ref=${box} aria-labelledby="modal-title" onCancel=${closed}>
    <form onSubmit=${submitted} noValidate>
      <div class="dialog-head">
        <h2 id="modal-title">${view.title.text}</h2>
        <button type="button" class="sign" aria-label="Close" onClick=${closed}><${Icon} name="close" /></button>
      </div>
      <div class="dialog-body">
        ${outcome.trouble && html`<p class="alert error" role="alert">${outcome.trouble}</p>`}
        <${Blocks} key=${view.id} blocks=${view.blocks} spot=${spot} />
      </div>
      <div class="dialog-foot">
        <button type="button" class="button" onClick=${closed}>${view.close?.text ?? (depth > 1 ? "Back" : "Close")}</button>
        ${view.submit && html`<button type="submit" class="button primary" aria-busy=${isBusy}>${view.submit.text}</button>`}
      </div>
    </form>
  </dialog>`;
}
