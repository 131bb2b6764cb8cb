/* A form that saves its words while they are written: every 10 s of change and on leaving it.
   data-draft-url takes the same fields by POST; [data-draft-status] says when it was kept. */
import { post } from "./request.js";

const EVERY = 10_000;

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
  let saving = false;
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

  const save = async () => {
    clearTimeout(timer);
    timer = undefined;
    if (!changed || saving || leaving) return;
    changed = false;
    saving = true;
    try {
      const answer = await post(url, words());
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      say(`Draft saved ${await read(form, answer)}`);
      form.dispatchEvent(new CustomEvent("qip:kept"));
    } catch {
      changed = true;
      say("Draft not saved; trying again");
    } finally {
      saving = false;
      if (changed) timer ??= setTimeout(save, EVERY);
    }
  };

  form.addEventListener("input", () => {
    changed = true;
    timer ??= setTimeout(save, EVERY);
  });
  form.addEventListener("focusout", save);
  form.addEventListener("submit", (event) => {
    leaving = !event.defaultPrevented;
    clearTimeout(timer);
  });
  addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && changed && !leaving) {
      navigator.sendBeacon(url, words());
    }
  });
}
