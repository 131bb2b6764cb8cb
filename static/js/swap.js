/* What happens around an htmx swap: focus never falls to the body, errors are said and keep what
   was written, and answers may ask for a toast or an announcement. */
import { alert, status } from "./announce.js";
import { show } from "./toast.js";

const WORDS = {
  403: "Not done: this is not yours to change. What you wrote is still here.",
  404: "Not done: this is no longer here. Reload the page to see what changed.",
  409: "Not saved: somebody changed this meanwhile. What you wrote is still here; reload to see theirs.",
  429: "Not done: too many tries in a short time. Wait a minute and try again.",
};

function refocus(region) {
  const asked = region.querySelector("[data-autofocus]") ?? (region.matches("[data-autofocus]") ? region : null);
  const heading = region.querySelector("h1, h2, h3, h4");
  const target = asked ?? heading ?? region;
  if (!target.matches("a[href], button, input, select, textarea, [tabindex]")) target.tabIndex = -1;
  target.focus();
}

export function watchSwaps() {
  let wasOn = "";
  document.querySelector("[data-autofocus]")?.focus();

  document.addEventListener("htmx:beforeSwap", () => {
    wasOn = document.activeElement?.id ?? "";
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    const region = event.detail.elt;
    const lost = !document.activeElement || document.activeElement === document.body;
    if (region.querySelector("[data-autofocus]")) refocus(region);
    else if (lost && wasOn && document.getElementById(wasOn)) document.getElementById(wasOn).focus();
    else if (lost) refocus(region);
  });
  document.addEventListener("htmx:responseError", (event) => {
    const code = event.detail.xhr.status;
    show({
      text: WORDS[code] ?? "Not done: the server could not answer. What you wrote is still here; try again.",
      level: "error",
    });
  });
  document.addEventListener("htmx:sendError", () => {
    show({ text: "Not sent: no connection. What you wrote is still here.", level: "error" });
  });
  document.addEventListener("htmx:timeout", () => alert("The server is slow to answer. Try again."));
  document.addEventListener("toast", (event) => show(event.detail));
  document.addEventListener("announce", (event) => status(event.detail.value ?? String(event.detail)));
}
