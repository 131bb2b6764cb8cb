/* A form that is on its way: no second press, and after 150 ms its button says so. */
const WAIT = 150;

export function busy(form) {
  let timer;
  let sent = false;

  const rest = () => {
    clearTimeout(timer);
    sent = false;
    for (const button of form.querySelectorAll('[aria-busy="true"]')) {
      button.removeAttribute("aria-busy");
      button.disabled = false;
    }
  };

  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented && !form.matches("[hx-post], [hx-get]")) return;
    if (sent) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    sent = true;
    const button = event.submitter;
    timer = setTimeout(() => {
      if (!button) return;
      button.setAttribute("aria-busy", "true");
      button.disabled = true;
    }, WAIT);
  });
  form.addEventListener("htmx:afterRequest", rest);
  form.addEventListener("qip:rest", rest);
  addEventListener("pageshow", (event) => event.persisted && rest());
}
