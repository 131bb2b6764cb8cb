/* Say under each long field with data-count how many characters it holds of how many it takes. */
const NEAR = 0.9;

export function count(form) {
  for (const field of form.querySelectorAll("textarea[data-count]")) {
    const says = document.createElement("div");
    says.className = "q-length";
    says.setAttribute("aria-hidden", "true");
    field.after(says);
    const tell = () => {
      const used = field.value.length;
      says.textContent = `${used.toLocaleString("en-US")} of ${field.maxLength.toLocaleString("en-US")} characters`;
      says.classList.toggle("is-near", used >= field.maxLength * NEAR);
    };
    field.addEventListener("input", tell);
    tell();
  }
}
