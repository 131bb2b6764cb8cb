/* Set the theme before the first paint: what this device chose, else what it prefers.
   A classic script in the head, so that no page ever flashes in the other theme. */
(() => {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");

  const chosen = () => {
    try {
      return localStorage.getItem("qip-theme") || "system";
    } catch {
      return "system";
    }
  };

  const apply = () => {
    const theme = chosen();
    root.dataset.bsTheme = theme === "system" ? (dark.matches ? "dark" : "light") : theme;
  };

  dark.addEventListener("change", apply);
  addEventListener("storage", apply);
  addEventListener("qip:theme", apply);
  apply();
})();
