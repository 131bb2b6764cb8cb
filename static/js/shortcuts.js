/* The keyboard: / to search, g and a letter to go, n new or next step, j and k rows, ? help. On a
   page that has a next and a previous one, j and k and the arrows lead there. What has a letter in
   data-shortcut is pressed by it, or with data-shortcut-focus only reached, for what needs a second
   thought. Never inside a field, never with a modifier, and one switch turns all of it off. */
import { step } from "./rows.js";

const OFF = "qip-shortcuts";
const WAIT = 1200;
const LETTER = /^[a-z]$/;

function enabled() {
  return localStorage.getItem(OFF) !== "off";
}

function typing(target) {
  return target.closest("input, textarea, select, [contenteditable], dialog[open]") !== null;
}

/* Whether nobody turned the keys off, and the key was pressed alone. */
export function areOn(event) {
  return enabled() && !event.ctrlKey && !event.metaKey && !event.altKey;
}

/* Whether a key that was pressed is for the page: they are on, and nobody types. */
export function listens(event) {
  return areOn(event) && !typing(event.target);
}

function places() {
  const taken = new Map();
  const links = [...document.querySelectorAll(".q-rail a.q-nav[href]")];
  for (const link of links) if (link.dataset.go) taken.set(link.dataset.go, link);
  for (const link of links.filter((each) => !each.dataset.go)) {
    const free = [...link.textContent.toLowerCase()].find((c) => /[a-z]/.test(c) && !taken.has(c));
    if (free) taken.set(free, link);
  }
  return taken;
}

function listPlaces(list) {
  list.replaceChildren(
    ...[...places()].map(([letter, link]) => {
      const line = document.createElement("div");
      const keys = document.createElement("dt");
      for (const key of ["g", letter]) {
        const cap = Object.assign(document.createElement("kbd"), { className: "q-kbd" });
        cap.textContent = key;
        keys.append(cap, " ");
      }
      const label = link.querySelector("span")?.textContent ?? link.textContent;
      line.append(keys, Object.assign(document.createElement("dd"), { textContent: label }));
      return line;
    }),
  );
}

function press(name) {
  const target = [...document.querySelectorAll(`[data-shortcut="${name}"]`)].find(
    (each) => each.offsetParent !== null,
  );
  if (!target) return false;
  if (target.matches("input, [data-shortcut-focus]")) target.focus();
  else target.click();
  if (target.matches("input")) target.select();
  return true;
}

export function shortcuts(dialog) {
  let going = 0;
  const open = () => {
    listPlaces(dialog.querySelector("[data-goto-list]"));
    dialog.showModal();
  };
  const acts = {
    "/": () => press("/"),
    j: () => press("next") || (step(1) ?? true),
    k: () => press("previous") || (step(-1) ?? true),
    ArrowRight: () => press("next"),
    ArrowLeft: () => press("previous"),
    "?": () => open() ?? true,
    g: () => {
      going = Date.now();
      return true;
    },
  };

  for (const opener of document.querySelectorAll('[data-open-dialog="shortcuts"]')) {
    opener.hidden = false;
    opener.addEventListener("click", open);
  }
  const toggle = dialog.querySelector("[data-shortcuts-switch]");
  toggle.checked = enabled();
  toggle.addEventListener("change", () => {
    localStorage.setItem(OFF, toggle.checked ? "on" : "off");
  });

  document.addEventListener("keydown", (event) => {
    if (!listens(event)) return;
    if (Date.now() - going < WAIT) {
      going = 0;
      const link = places().get(event.key);
      if (link) {
        event.preventDefault();
        link.click();
      }
      return;
    }
    const act = acts[event.key] ?? (LETTER.test(event.key) ? () => press(event.key) : undefined);
    if (act?.()) event.preventDefault();
  });
}
