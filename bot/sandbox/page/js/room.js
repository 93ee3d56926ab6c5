// What is open: a channel or direct messages, with its head, its messages and a place to write.
import { useEffect, useState } from "preact/hooks";
import { Composer } from "./composer.js";
import { html } from "./html.js";
import { Icon } from "./icons.js";
import { personOf } from "./people.js";
import { join } from "./sidebar.js";
import { stage } from "./staging.js";
import { Stream } from "./stream.js";
import { go, state, tell } from "./state.js";

export function Room({ head }) {
  const { seen } = state;
  const { place } = seen;
  if (!place) return html`<div class="room"></div>`;
  const channel = seen.channels.find((one) => one.id === place.channel);
  const name = nameOf(channel);
  const mayWrite = !channel || (channel.is_member && !channel.archived);
  const at = `${state.here.person}/${place.channel}/`;
  return html`<${Dropping} onDrop=${(files) => stage(at, files)} isOff=${!mayWrite}>
    ${head ?? html`<header class="head"><h2>${name}</h2><span class="quiet">${channel?.name ? `${channel.members} members` : ""}</span></header>`}
    <${Stream} messages=${place.messages} read=${place.read} channel=${place.channel} earlier=${place.earlier}
      begins="This is the beginning of ${channel?.name ? "" : "your messages with "}${name}" unread=${channel?.unread_threads} label="Messages in ${name}" />
    ${mayWrite ? html`<${Composer} channel=${place.channel} label="Message ${name}" />` : html`<${Outside} channel=${channel} />`}
  <//>`;
}

function nameOf(channel) {
  if (!channel) return state.seen.app.name;
  return channel.name ? `#${channel.name}` : personOf(channel.other).real_name;
}

function Outside({ channel }) {
  return html`<div class="composer outside">
    ${channel.archived ? "This channel is archived." : html`You are looking at #${channel.name}.
      <button type="button" class="button primary" onClick=${() => join(channel.id)}>Join</button>`}
  </div>`;
}

export function Thread() {
  const { thread, channel } = state.seen.place;
  useEffect(() => tell({ act: "thread" }), [thread.ts]);
  const leave = () => go({ thread: "" });
  const keyed = (event) => event.key === "Escape" && leave();
  return html`<${Dropping} kind="thread" label="Thread" onKeyDown=${keyed} onDrop=${(files) => stage(`${state.here.person}/${channel}/${thread.ts}`, files)}>
    <header class="head"><h2>Thread</h2><button type="button" class="sign" aria-label="Close thread" onClick=${leave}><${Icon} name="close" /></button></header>
    <${Stream} messages=${thread.messages} read=${thread.read} inThread channel=${channel} thread=${thread.ts} earlier=${0} label="Thread" />
    <${Composer} channel=${channel} thread=${thread.ts} label="Reply" />
  <//>`;
}

function Dropping({ kind = "room", label, onDrop, onKeyDown, isOff, children }) {
  const [isOver, setOver] = useState(false);
  const over = (event) => {
    if (isOff || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    setOver(true);
  };
  const dropped = (event) => {
    event.preventDefault();
    setOver(false);
    if (!isOff) onDrop(event.dataTransfer.files);
  };
  const left = (event) => event.currentTarget.contains(event.relatedTarget) || setOver(false);
  return html`<section class="${kind} ${isOver ? "over" : ""}" aria-label=${label} onDragOver=${over} onDrop=${dropped} onDragLeave=${left} onKeyDown=${onKeyDown}>
    ${children}${isOver && html`<div class="drop-here" aria-hidden="true">Drop the files here</div>`}
  </section>`;
}
