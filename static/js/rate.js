/* The rubric by keyboard: 1 to 5 scores the criterion at hand and goes to the next one; Enter hands
   in once all are scored. Never inside a text field, and off with the other shortcuts. */
import { areOn, listens } from "./shortcuts.js";

const SCORE = /^[1-9]$/;

export function rate(form) {
  const criteria = [...form.querySelectorAll("[data-criterion]")];
  const button = form.querySelector('button[type="submit"]');
  const open = (criterion) => !criterion.querySelector("input:checked");
  const here = () =>
    document.activeElement?.closest("[data-criterion]") ?? criteria.find(open) ?? criteria[0];

  const score = (key) => {
    const criterion = here();
    const choice = criterion?.querySelector(`input[type="radio"][value="${key}"]`);
    if (!choice) return false;
    choice.checked = true;
    choice.dispatchEvent(new Event("input", { bubbles: true }));
    const next = criteria[criteria.indexOf(criterion) + 1] ?? criteria.find(open) ?? button;
    next?.focus();
    return true;
  };

  document.addEventListener("keydown", (event) => {
    const radio = event.target.matches('input[type="radio"]') && form.contains(event.target);
    if (radio ? !areOn(event) : !listens(event)) return;
    if (SCORE.test(event.key) && score(event.key)) event.preventDefault();
    else if (event.key === "Enter" && !event.target.closest("a, button, summary") && button) {
      event.preventDefault();
      form.requestSubmit(button);
    }
  });
}
