/* Decisions by keyboard: a letter opens the form of the row at hand with that decision chosen and the
   reason ready to be typed over; Enter notes it, Escape closes it again. */
import { hereRow } from "./rows.js";
import { listens } from "./shortcuts.js";

export function decide(list) {
  const open = (row, choice) => {
    const form = row.querySelector("[data-decide]");
    if (!form) return false;
    form.closest("details").open = true;
    form.elements.decision.value = choice;
    form.elements.reason.focus();
    form.elements.reason.select();
    return true;
  };

  document.addEventListener("keydown", (event) => {
    const row = hereRow();
    if (!row || !list.contains(row) || !listens(event)) return;
    const choice = list.querySelector(`option[data-key="${CSS.escape(event.key)}"]`)?.value;
    if (choice && open(row, choice)) event.preventDefault();
  });
  list.addEventListener("keydown", (event) => {
    const details = event.target.closest("details[open]");
    if (event.key !== "Escape" || !details) return;
    details.open = false;
    details.querySelector("summary").focus();
  });
}
