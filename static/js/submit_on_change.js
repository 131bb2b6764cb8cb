/* Filters that apply as they are chosen; their button is for pages without scripts. */
export function submitOnChange(form) {
  for (const button of form.querySelectorAll('[type="submit"]')) button.hidden = true;
  form.addEventListener("change", () => form.requestSubmit());
}
