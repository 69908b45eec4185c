// Keeps the panes up to date by morphing redrawn fragments, and sends what a visitor does.
// Half-typed text, focus, scroll, the open tab and open details belong to the visitor: a redraw never touches them.
"use strict";

const state = { number: Number(document.body.dataset.number), busy: false, again: false };
const panes = [...document.querySelectorAll(".pane")];
const line = document.getElementById("line");

const OURS = new Set(["hidden", "open", "aria-selected", "data-unread"]);
const morphing = {
  morphStyle: "innerHTML",
  ignoreActiveValue: true,
  callbacks: {
    beforeNodeMorphed: (old) => !(old instanceof Element && (old.dataset.dirty || (old.matches("details[data-detail]") && old.open))),
    beforeAttributeUpdated: (name, node) => !(OURS.has(name) || (name === "class" && node.matches(".toast"))),
  },
};

// ---------------------------------------------------------------- redrawing

async function redraw(pane) {
  const body = pane.querySelector(".body");
  const answer = await fetch(`/pane/${pane.dataset.pane}${location.search}`).catch(() => null);
  if (!answer?.ok) return null;
  const words = await answer.text();
  const atEnd = new Set([...body.querySelectorAll(".place")].filter(isAtEnd).map((place) => place.id));
  Idiomorph.morph(body, words, morphing);
  settle(pane);
  for (const place of body.querySelectorAll(".place")) if (atEnd.has(place.id)) toEnd(place);
  return Number(answer.headers.get("X-Number"));
}

async function catchUp() {
  if (state.busy) { state.again = true; return; }
  state.busy = true;
  try {
    do {
      state.again = false;
      const numbers = await Promise.all(panes.map(redraw));
      if (numbers.includes(null)) setTimeout(catchUp, 1000); // a fragment did not come: ask again
    } while (state.again);
  } finally { state.busy = false; }
}

const isAtEnd = (place) => place.scrollHeight - place.scrollTop - place.clientHeight < 90;
const toEnd = (place) => { place.scrollTop = place.scrollHeight; };

function listen() {
  const stream = new EventSource(`/events?seen=${state.number}`);
  stream.onopen = () => { line.textContent = "connected"; line.className = "line"; };
  stream.onmessage = () => { catchUp(); };
  stream.onerror = () => { line.textContent = "reconnecting…"; line.className = "line lost"; };
}

// ---------------------------------------------------------------- tabs, toasts

function settle(pane) {
  const places = [...pane.querySelectorAll(".place")];
  if (!places.length) return;
  if (!places.some((place) => place.dataset.place === pane.dataset.active)) {
    const latest = places.reduce((a, b) => (Number(b.dataset.latest) > Number(a.dataset.latest) ? b : a));
    pane.dataset.active = latest.dataset.place;
  }
  for (const place of places) {
    const active = place.dataset.place === pane.dataset.active;
    const tab = pane.querySelector(`[data-tab="${CSS.escape(place.dataset.place)}"]`);
    const wasHidden = place.hidden;
    place.hidden = !active;
    tab.setAttribute("aria-selected", String(active));
    const seen = active ? place.dataset.count : (place.dataset.seen ?? place.dataset.count);
    place.setAttribute("data-seen", seen);
    tab.toggleAttribute("data-unread", seen !== place.dataset.count);
    if (active && (wasHidden || !place.dataset.met)) { place.dataset.met = "yes"; toEnd(place); }
  }
  showToasts(pane);
}
OURS.add("data-seen").add("data-met");

function showToasts(pane) {
  const toasts = [...pane.querySelectorAll("[data-toast]")];
  const known = pane.dataset.toasted === undefined ? Infinity : Number(pane.dataset.toasted);
  for (const toast of toasts) {
    if (Number(toast.dataset.toast) <= known) continue;
    toast.classList.add("shown");
    if (!toast.matches(".alert")) setTimeout(() => toast.classList.remove("shown"), 4000);
  }
  pane.dataset.toasted = String(Math.max(0, ...toasts.map((toast) => Number(toast.dataset.toast)), known === Infinity ? 0 : known));
}

// ---------------------------------------------------------------- acting

async function act(pane, name, fields) {
  const form = fields instanceof FormData ? fields : new FormData();
  if (!(fields instanceof FormData)) for (const [key, value] of Object.entries(fields)) form.set(key, value);
  const answer = await fetch(`/act/${pane.dataset.person}/${name}`, { method: "POST", body: form }).catch(() => null);
  if (!answer) { notice(pane, "The playground does not answer."); return false; }
  const { said } = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : { said: await answer.text() };
  if (said) notice(pane, said);
  return !said;
}

function notice(pane, words) {
  const box = pane.querySelector(".notice");
  box.textContent = words;
  box.hidden = false;
  clearTimeout(box.timer);
  box.timer = setTimeout(() => { box.hidden = true; }, 5000);
}

function mode(pane, kind, post, words) {
  const composer = pane.querySelector(".composer");
  composer.dataset.mode = kind;
  composer.dataset.post = post ?? "";
  composer.querySelector(".mode").hidden = !kind;
  composer.querySelector(".mode span").textContent = kind === "edits" ? "Editing your post" : "Replying";
  if (words !== undefined) composer.text.value = words;
  if (kind) composer.text.focus();
}

async function send(pane) {
  const composer = pane.querySelector(".composer");
  const words = composer.text.value;
  if (!words.trim()) return;
  const fields = { place: pane.dataset.active, text: words };
  if (composer.dataset.mode) fields[composer.dataset.mode] = composer.dataset.post;
  composer.text.value = "";
  grow(composer.text);
  if (await act(pane, "say", fields)) mode(pane, "");
  else composer.text.value = composer.text.value || words;
}

function grow(area) { area.style.height = "auto"; area.style.height = `${Math.min(area.scrollHeight, 140)}px`; }

function onClick(event) {
  const target = event.target.closest("button, [data-tab]");
  const pane = event.target.closest(".pane");
  if (!target) return;
  const data = target.dataset;
  if (data.to) return front(data.to);
  if (!pane) return;
  const post = target.closest("[data-post]");
  const at = post ? { place: post.dataset.place, post: post.dataset.post } : {};
  if (data.tab) { pane.dataset.active = data.tab; mode(pane, ""); settle(pane); }
  else if ("press" in data) press(pane, target, at);
  else if (data.react) act(pane, "react", { ...at, emoji: data.react });
  else if ("reply" in data) mode(pane, "thread", at.post);
  else if ("edit" in data) mode(pane, "edits", at.post, data.edit);
  else if ("modeEnd" in data) mode(pane, "", "", "");
  else if ("dismiss" in data) act(pane, "dismiss", { view: target.closest(".modal").dataset.modal });
  else if ("ok" in data) target.closest(".toast").classList.remove("shown");
  else if (data.filter) filter(pane, data.filter);
}

async function press(pane, target, at, chosen) {
  const { kind = "", block = "", action = "", value = "", label = "" } = { ...target.dataset, ...chosen };
  const modal = target.closest(".modal");
  target.classList.add("pressed");
  await act(pane, "press", { ...at, view: modal?.dataset.modal ?? "", kind, block_id: block, action_id: action, value, label });
  target.classList.remove("pressed");
}

function filter(pane, which) {
  pane.querySelector(".body").dataset.show = which;
  for (const one of pane.querySelectorAll("[data-filter]")) one.setAttribute("aria-pressed", String(one.dataset.filter === which));
}

function front(name) {
  document.body.dataset.front = name;
  for (const one of document.querySelectorAll("[data-to]")) one.setAttribute("aria-pressed", String(one.dataset.to === name));
  const pane = panes.find((one) => one.dataset.pane === name);
  for (const place of pane.querySelectorAll(".place:not([hidden])")) if (!place.scrollTop) toEnd(place);
}

function onChange(event) {
  const { target } = event, pane = target.closest(".pane");
  if (target.dataset.seat) {
    const query = new URLSearchParams(location.search);
    query.set(target.dataset.seat, target.value);
    location.search = query;
  } else if (target.matches("[data-choose]") && target.value) {
    const post = target.closest("[data-post]");
    const at = post ? { place: post.dataset.place, post: post.dataset.post } : {};
    press(pane, target, at, { value: target.value, label: target.selectedOptions[0].textContent });
  } else if (target.type === "file" && target.files.length) {
    const composer = target.form, form = new FormData();
    form.set("place", pane.dataset.active);
    form.set("text", composer.text.value);
    form.set("file", target.files[0]);
    composer.text.value = "";
    target.value = "";
    act(pane, "upload", form);
  }
}

async function onToggle(event) {
  const details = event.target;
  if (!details.open || !details.dataset?.detail) return;
  const answer = await fetch(details.dataset.detail);
  details.querySelector("pre").textContent = answer.ok ? await answer.text() : "gone";
}

document.addEventListener("click", onClick);
document.addEventListener("change", onChange);
document.addEventListener("toggle", onToggle, true);
document.addEventListener("input", (event) => {
  if (event.target.matches("[data-typed]")) event.target.dataset.dirty = "yes";
  if (event.target.matches(".composer textarea")) grow(event.target);
});
document.addEventListener("submit", (event) => {
  event.preventDefault();
  const pane = event.target.closest(".pane");
  if (event.target.matches(".composer")) return send(pane);
  const form = new FormData(event.target);
  form.set("view", event.target.dataset.modal);
  act(pane, "submit", form);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && event.target.matches(".composer textarea")) {
    event.preventDefault();
    send(event.target.closest(".pane"));
  }
});

OURS.add("data-dirty");
panes.forEach(settle);
listen();
