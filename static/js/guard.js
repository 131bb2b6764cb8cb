/* Ask before leaving a form whose words are neither sent nor kept as a draft. */
export function guard(form) {
  let unsaved = false;
  const free = () => {
    unsaved = false;
  };
  form.addEventListener("input", () => {
    unsaved = true;
  });
  form.addEventListener("submit", free);
  form.addEventListener("qip:kept", free);
  form.addEventListener("htmx:afterRequest", (event) => event.detail.successful && free());
  addEventListener("beforeunload", (event) => {
    if (unsaved && form.isConnected) event.preventDefault();
  });
}
