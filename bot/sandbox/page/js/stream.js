// Messages one after another, by day, with a line where the new ones begin; it stays at the newest unless one reads above.
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { day, isSameDay } from "./dates.js";
import { act } from "./desk.js";
import { html } from "./html.js";
import { Message } from "./message.js";
import { draw, look, state } from "./state.js";

const TOGETHER = 300;
const NEAR = 80;

const isSameBreath = (one, before) =>
  before && before.user === one.user && !one.is_ephemeral === !before.is_ephemeral && one.ts - before.ts < TOGETHER && isSameDay(one.ts, before.ts);

export function Stream({ messages, read, inThread, channel, thread, earlier, begins, unread = {}, label }) {
  const box = useRef(null);
  const atEnd = useRef(true);
  const line = useRef(null);
  const key = `${state.here.person}/${channel}/${thread ?? ""}`;
  if (line.current?.key !== key) line.current = { key, read };
  const last = messages.at(-1)?.ts ?? "";
  useLayoutEffect(() => {
    atEnd.current = true;
  }, [key]);
  useLayoutEffect(() => {
    if (atEnd.current && box.current) box.current.scrollTop = box.current.scrollHeight;
  });
  useEffect(() => {
    if (last > read && document.visibilityState === "visible") act("read", { as: state.here.person, channel, thread, ts: last }).catch(() => {});
  }, [key, last]);
  const scrolled = () => {
    if (!box.current) return;
    const { scrollHeight, scrollTop, clientHeight } = box.current;
    atEnd.current = scrollHeight - scrollTop - clientHeight < NEAR;
  };
  const more = () => {
    state.most += 200;
    look().then(draw);
  };
  return html`<div class="stream" ref=${box} onScroll=${scrolled} role="log" aria-label=${label} aria-live="polite" tabindex="0">
    ${earlier > 0 && html`<button type="button" class="earlier" onClick=${more}>Show ${earlier} earlier messages</button>`}
    <div class="stream-space"></div>
    ${begins && earlier === 0 && html`<div class="beginning"><h3>${begins}</h3><p class="quiet">Nothing was written before this. Write, drop files here, or type / for a command.</p></div>`}
    ${messages.map((one, at) => html`<${Entry} key=${one.ts} one=${one} before=${messages[at - 1]} line=${line.current.read}
      inThread=${inThread} isTop=${inThread && at === 0} unread=${unread[one.ts] ?? 0} />`)}
  </div>`;
}

const underWay = (ts) => [...state.busy].filter((key) => key.startsWith(ts)).join();

function Entry({ one, before, line, inThread, isTop, unread }) {
  const isNewDay = !inThread && (!before || !isSameDay(one.ts, before.ts));
  const others = one.user !== state.seen.me;
  const isNew = others && one.ts > line && line !== "0" && before && before.ts <= line;
  return html`
    ${isNewDay && html`<div class="day"><span>${day(one.ts)}</span></div>`}
    ${isNew && html`<div class="new-line" role="separator"><span>New</span></div>`}
    <${Message} message=${one} isFirst=${isTop || isNewDay || !isSameBreath(one, before)} inThread=${inThread} unread=${unread}
      turn=${underWay(one.ts)} />`;
}
