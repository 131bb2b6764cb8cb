/* A registry of behaviours, and the walk that binds each element once. */
const behaviours = new Map();
const bound = new WeakMap();

export function bind(name, behaviour) {
  behaviours.set(name, behaviour);
}

function connect(element) {
  const done = bound.get(element) ?? new Set();
  bound.set(element, done);
  for (const name of element.dataset.behaviour.split(/\s+/)) {
    const behaviour = behaviours.get(name);
    if (behaviour && !done.has(name)) {
      done.add(name);
      behaviour(element);
    }
  }
}

export function connectAll(root) {
  if (root.matches?.("[data-behaviour]")) connect(root);
  for (const element of root.querySelectorAll("[data-behaviour]")) connect(element);
}

export function start() {
  connectAll(document);
  document.addEventListener("htmx:load", (event) => connectAll(event.detail.elt));
}
