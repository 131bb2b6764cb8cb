/* The two live regions of every page: results are said politely, errors at once. */
function say(id, text) {
  const region = document.getElementById(id);
  if (!region) return;
  region.textContent = "";
  setTimeout(() => {
    region.textContent = text;
  }, 50);
}

export function status(text) {
  say("status", text);
}

export function alert(text) {
  say("alert", text);
}
