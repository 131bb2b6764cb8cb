/* Buttons that write a value into a field. */
import { status } from "./announce.js";

export function quickPick(group) {
  const field = document.getElementById(group.dataset.for);
  if (!field) return;
  group.hidden = false;
  group.addEventListener("click", (event) => {
    const button = event.target.closest("[data-value]");
    if (!button) return;
    field.value = button.dataset.value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    status(`Set to ${field.value}`);
  });
}
