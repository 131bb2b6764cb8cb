/* A form that saves its words while they are written: every 10 s of change and on leaving a field.
   data-draft-url takes the same fields by POST; [data-draft-status] says when it was kept.
   A draft and the form itself are never under way together: the server would take the second
   for somebody else's. */
import { post } from "./request.js";

const EVERY = 10_000;
const A_PRESS = 400;

/* The server counts saves, so the next one names the version that this one made; and it tells
   when it was, by the program's clock. */
async function read(form, answer) {
  if (!answer.headers.get("content-type")?.includes("json")) return at(new Date());
  const kept = await answer.json();
  const field = form.elements.namedItem("version");
  if (field && kept.version) field.value = kept.version;
  return kept.saved ?? at(new Date());
}

function at(moment) {
  return moment.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}

export function draft(form) {
  const url = form.dataset.draftUrl;
  const says = form.querySelector("[data-draft-status]");
  let timer;
  let changed = false;
  let saving;
  let leaving = false;
  if (!url) return;

  const say = (text) => {
    if (says) says.textContent = text;
  };

  const words = () => {
    const data = new FormData(form);
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
    return data;
  };

  const send = async () => {
    changed = false;
    try {
      const answer = await post(url, words());
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      say(`Draft saved ${await read(form, answer)}`);
      form.dispatchEvent(new CustomEvent("qip:kept"));
    } catch {
      changed = true;
      say("Draft not saved; trying again");
    }
  };

  const save = async () => {
    clearTimeout(timer);
    timer = undefined;
    if (!changed || saving || leaving) return;
    saving = send();
    await saving;
    saving = undefined;
    if (changed) timer ??= setTimeout(save, EVERY);
  };

  const saveSoon = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  };

  form.addEventListener("input", () => {
    changed = true;
    timer ??= setTimeout(save, EVERY);
  });
  form.addEventListener("focusout", () => changed && saveSoon(A_PRESS));
  form.addEventListener(
    "submit",
    (event) => {
      clearTimeout(timer);
      if (!saving) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      saving.then(() => form.requestSubmit(event.submitter));
    },
    { capture: true },
  );
  form.addEventListener("submit", (event) => {
    leaving = !event.defaultPrevented;
  });
  addEventListener("visibilitychange", () => document.visibilityState === "hidden" && save());
}
