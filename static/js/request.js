/* Talk to our own server: the token that every POST carries, and the POST itself, which goes
   through even when the page is being put away. */
export function token() {
  const headers = document.body.getAttribute("hx-headers");
  return headers ? JSON.parse(headers)["x-csrftoken"] : "";
}

export function post(url, body) {
  return fetch(url, {
    method: "POST",
    body,
    credentials: "same-origin",
    keepalive: document.visibilityState === "hidden",
    headers: { "x-csrftoken": token(), "x-requested-with": "fetch" },
  });
}
