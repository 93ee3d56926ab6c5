// A button that opens a menu; arrows walk through it, Escape leaves it.
import { useEffect, useRef, useState } from "preact/hooks";
import { html } from "./html.js";

export function MenuButton({ label, sign, items, onPick, kind = "sign" }) {
  const [isOpen, setOpen] = useState(false);
  const box = useRef(null);
  useEffect(() => {
    if (!isOpen) return undefined;
    box.current.querySelector("[role^=menuitem]")?.focus();
    const outside = (event) => box.current?.contains(event.target) || setOpen(false);
    document.addEventListener("pointerdown", outside);
    return () => document.removeEventListener("pointerdown", outside);
  }, [isOpen]);
  const leave = () => {
    setOpen(false);
    box.current.querySelector("button").focus();
  };
  const keyed = (event) => {
    if (!isOpen) return;
    const all = [...box.current.querySelectorAll("[role^=menuitem]")];
    const at = all.indexOf(document.activeElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (next !== undefined) all.at(next % all.length).focus();
    else if (event.key === "Escape") leave();
    else if (event.key === "Tab") return setOpen(false);
    else return undefined;
    event.stopPropagation();
    return event.preventDefault();
  };
  const picked = (item) => {
    leave();
    onPick(item);
  };
  return html`<span class="menu" ref=${box} onKeyDown=${keyed}>
    <button type="button" class=${kind} aria-haspopup="menu" aria-expanded=${isOpen} aria-label=${label} title=${label}
      onClick=${() => setOpen(!isOpen)}>${sign}</button>
    ${isOpen && html`<ul class="menu-items" role="menu" aria-label=${label}>
      ${items.map((item) => html`<li role="none"><button type="button" tabindex="-1" class=${item.kind ?? ""}
        role=${item.isOn === undefined ? "menuitem" : "menuitemradio"} aria-checked=${item.isOn}
        onClick=${() => picked(item)}>${item.sign}<span>${item.label}</span>${item.about && html`<small>${item.about}</small>`}</button></li>`)}
    </ul>`}
  </span>`;
}
