/* Toasts: messages that came with the page, and those that scripts and answers add.
   One with Undo stays at least 20 s; errors stay until dismissed; a hand on it holds it. */
import { alert, status } from "./announce.js";
import { token } from "./request.js";

const STAY = 20_000;

function live(toast) {
  const close = toast.querySelector(".q-toast-close");
  close.hidden = false;
  close.addEventListener("click", () => toast.remove());
  if (toast.classList.contains("is-error")) return;
  let timer;
  const hold = () => clearTimeout(timer);
  const release = () => {
    hold();
    timer = setTimeout(() => toast.remove(), STAY);
  };
  for (const event of ["pointerenter", "focusin"]) toast.addEventListener(event, hold);
  for (const event of ["pointerleave", "focusout"]) toast.addEventListener(event, release);
  release();
}

export function toasts(area) {
  for (const toast of area.querySelectorAll(".q-toast")) {
    const said = toast.querySelector("p").textContent;
    toast.classList.contains("is-error") ? alert(said) : status(said);
    live(toast);
  }
}

export function show({ text, level = "info", undo = "" }) {
  const area = document.getElementById("toasts");
  const pattern = document.getElementById(`toast-${level}`) ?? document.getElementById("toast-info");
  if (!area || !pattern || !text) return;
  const toast = pattern.content.firstElementChild.cloneNode(true);
  toast.querySelector("p").textContent = text;
  const form = toast.querySelector("[data-undo]");
  if (undo.startsWith("/") && !undo.startsWith("//")) {
    form.action = undo;
    form.querySelector("[name=csrfmiddlewaretoken]").value = token();
  } else {
    form.remove();
  }
  area.append(toast);
  level === "error" ? alert(text) : status(text);
  live(toast);
}
