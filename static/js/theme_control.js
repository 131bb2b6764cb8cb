/* The choice between light, dark and the device's own. */
export function theme(control) {
  const chosen = () => localStorage.getItem("qip-theme") || "system";
  const show = () => {
    for (const radio of control.querySelectorAll("input")) radio.checked = radio.value === chosen();
  };
  control.hidden = false;
  control.addEventListener("change", (event) => {
    localStorage.setItem("qip-theme", event.target.value);
    dispatchEvent(new Event("qip:theme"));
  });
  addEventListener("qip:theme", show);
  show();
}
