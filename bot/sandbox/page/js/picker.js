// A list to choose from by typing, with the keyboard or the mouse; one choice or several.
import { useEffect, useRef, useState } from "preact/hooks";
import { html } from "./html.js";

let nextId = 1;
const SOON = 120;
const WAITING = { options: [], trouble: "Looking …" };

export function Picker({ label, labelledBy, describedBy, isMany, chosen, load, onPick, isInvalid }) {
  const [id] = useState(() => `picker-${nextId++}`);
  const [typing, setTyping] = useState(null);
  const [offered, setOffered] = useState(WAITING);
  const [at, setAt] = useState(0);
  const box = useRef(null);
  const isOpen = typing !== null;
  useEffect(() => {
    if (!isOpen) return undefined;
    let isWanted = true;
    setOffered((now) => (now.options.length ? now : WAITING));
    const soon = setTimeout(async () => {
      const found = await load(typing).catch((flaw) => ({ options: [], trouble: flaw.message }));
      if (!isWanted) return;
      setOffered(found);
      setAt(0);
    }, typing ? SOON : 0);
    return () => ((isWanted = false), clearTimeout(soon));
  }, [typing]);
  useEffect(() => box.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" }), [at]);

  const close = () => (setTyping(null), setOffered(WAITING));
  const pick = (option) => {
    const kept = isMany ? [...chosen.filter((one) => one.value !== option.value), option] : [option];
    onPick(kept, typing ?? "");
    if (isMany) setTyping("");
    else close();
  };
  const drop = (option) => onPick(chosen.filter((one) => one.value !== option.value), "");
  const step = (by) => setAt((now) => (offered.options.length ? (now + by + offered.options.length) % offered.options.length : 0));
  const keyed = (event) => {
    const does = { ArrowDown: () => (isOpen ? step(1) : setTyping("")), ArrowUp: () => step(-1) }[event.key];
    if (does) does();
    else if (event.key === "Enter" && isOpen && offered.options[at]) pick(offered.options[at]);
    else if (event.key === "Escape" && isOpen) event.stopPropagation(), close();
    else if (event.key === "Backspace" && isMany && !typing && chosen.length) return drop(chosen.at(-1));
    else return undefined;
    return event.preventDefault();
  };
  const shown = isOpen ? typing : isMany ? "" : (chosen[0]?.text ?? "");
  return html`<div class="picker" ref=${box}>
    ${isMany && chosen.map((one) => html`<span class="chip">${one.text}
      <button type="button" aria-label="Remove ${one.text}" onClick=${() => drop(one)}>×</button></span>`)}
    <input class="input" type="text" role="combobox" autocomplete="off" aria-autocomplete="list" aria-expanded=${isOpen}
      aria-controls=${id} aria-activedescendant=${isOpen && offered.options[at] ? `${id}-${at}` : undefined}
      aria-label=${labelledBy ? undefined : label} aria-labelledby=${labelledBy} aria-describedby=${describedBy}
      aria-invalid=${isInvalid} placeholder=${label} value=${shown} onFocus=${() => !isMany && setTyping("")}
      onClick=${() => setTyping(typing ?? "")} onInput=${(event) => setTyping(event.target.value)} onBlur=${close} onKeyDown=${keyed} />
    ${isOpen && html`<${Offered} id=${id} at=${at} offered=${offered} onPick=${pick} />`}
  </div>`;
}

function Offered({ id, at, offered, onPick }) {
  const { options, least, trouble } = offered;
  const hint = trouble ?? (least ? `Type at least ${least} characters.` : "Nothing fits.");
  return html`<ul class="offered" id=${id} role="listbox">
    ${options.length === 0 && html`<li class="quiet" role="presentation">${hint}</li>`}
    ${options.map((one, place) => html`
      ${one.group && one.group !== options[place - 1]?.group && html`<li class="group" role="presentation">${one.group}</li>`}
      <li id="${id}-${place}" role="option" aria-selected=${place === at}
        onMouseDown=${(event) => (event.preventDefault(), onPick(one))}>
        <span>${one.text}</span>${one.about && html`<small>${one.about}</small>`}
      </li>`)}
  </ul>`;
}
