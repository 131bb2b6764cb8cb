/* Walk the rows of a page with j and k: the first link of each is where the walk stands. */
function stops() {
  return [...document.querySelectorAll("main [data-row]")]
    .map((row) => row.querySelector("a[href], button"))
    .filter((stop) => stop && stop.offsetParent !== null);
}

export function step(by) {
  const all = stops();
  if (!all.length) return;
  const row = document.activeElement?.closest("[data-row]");
  const here = all.findIndex((stop) => row?.contains(stop));
  const next = here < 0 ? (by > 0 ? 0 : all.length - 1) : here + by;
  all[Math.min(Math.max(next, 0), all.length - 1)].focus();
}
