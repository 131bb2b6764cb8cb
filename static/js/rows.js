/* Walk the rows of a page with j and k: the first link of each is where the walk stands. Where nothing
   has the focus, it goes on from the row that the address names, which a deed has just come back to. */
function stopOf(row) {
  return row?.querySelector("a[href], button");
}

function stops() {
  return [...document.querySelectorAll("main [data-row]")]
    .map(stopOf)
    .filter((stop) => stop && stop.offsetParent !== null);
}

export function hereRow() {
  const held = document.activeElement?.closest("[data-row]");
  return held ?? document.querySelector("main [data-row]:target");
}

export function step(by) {
  const all = stops();
  if (!all.length) return;
  const here = all.indexOf(stopOf(hereRow()));
  const next = here < 0 ? (by > 0 ? 0 : all.length - 1) : here + by;
  all[Math.min(Math.max(next, 0), all.length - 1)].focus();
}
